"""Panels of invented products in the shapes of the trade, with what a careful reader expects."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Panel:
    """A panel as a person would paste it, its verdict, its magnesium, and whether it says \
buffered."""

    id: str
    verdict: str
    magnesium_mg: float | None
    buffered: bool
    text: str


PANELS = [
    Panel(
        "us-shop-page",
        "cannot-tell",
        400,
        False,
        """\
Quiet Meadow
Magnesium Glycinate 400 mg
180 Capsules
Supplement Facts
Serving Size: 4 Capsules
Servings Per Container: 45
Amount Per Serving\t% Daily Value
Magnesium (as Magnesium Bisglycinate Chelate)\t400 mg\t95%
* Percent Daily Values are based on a 2,000 calorie diet.
Other Ingredients: Hypromellose (capsule), rice flour, magnesium stearate, silica.
Contains no magnesium oxide. Keep out of reach of children.
""",
    ),
    Panel(
        "us-retailer",
        "consistent",
        200,
        False,
        """\
Supplement Facts
Serving Size: 2 Tablets
Servings Per Container: 120
 \tAmount Per Serving\t%Daily Value
Magnesium (elemental) (from 2,000 mg magnesium lysinate glycinate chelate)\t200 mg\t48%

Other Ingredients
Microcrystalline cellulose, croscarmellose sodium, stearic acid, magnesium stearate (vegetable \
source).
Not manufactured with wheat, gluten, soy, milk, egg, fish, shellfish or tree nut ingredients.
""",
    ),
    Panel(
        "us-bullet-list",
        "declared-blend",
        250,
        True,
        """\
Harbor Lane Magnesium Complex, 120 Count
About this item
• HIGH POTENCY: 500 mg of magnesium per serving for muscle support
• Better absorbed than magnesium oxide
• Buffered? No: fully reacted
Supplement Facts
Serving Size 2 Capsules
Magnesium (as Magnesium Bisglycinate, Magnesium Malate, Magnesium Citrate) 250 mg 60%
Other Ingredients: Vegetable cellulose, rice flour
""",
    ),
    Panel(
        "de-tabelle",
        "consistent",
        300,
        False,
        """\
Uferweg Magnesiumbisglycinat
120 Kapseln
Nährwertangaben | pro Tagesdosis (3 Kapseln) | % NRV*
Magnesiumbisglycinat | 2.130 mg | -
davon Magnesium | 300 mg | 80 %
*NRV = Nährstoffbezugswerte nach EU-Verordnung 1169/2011
Zutaten: Magnesiumbisglycinat, Hydroxypropylmethylcellulose (Kapselhülle), Trennmittel: \
Magnesiumsalze der Speisefettsäuren.
Verzehrempfehlung: 3 Kapseln täglich mit Wasser einnehmen.
""",
    ),
    Panel(
        "de-spalten",
        "consistent",
        225,
        False,
        """\
Magnesiumcitrat Kapseln
Zusammensetzung    pro Kapsel    pro Tagesdosis (2 Kapseln)    NRV**
Magnesiumcitrat    750 mg    1.500 mg    -
davon elementares Magnesium    112,5 mg    225 mg    60 %
Zutaten: Tri-Magnesiumdicitrat, Kapselhülle (Hydroxypropylmethylcellulose)
""",
    ),
    Panel(
        "fr",
        "consistent",
        300,
        False,
        """\
Magnésium Bisglycinate
Complément alimentaire
Pour 3 gélules :
Bisglycinate de magnésium 2 142 mg
dont magnésium 300 mg (80 % VNR*)
*VNR : valeurs nutritionnelles de référence
Ingrédients : bisglycinate de magnésium, gélule végétale (hydroxypropylméthylcellulose)
Conseils d'utilisation : 3 gélules par jour.
""",
    ),
    Panel(
        "fr2",
        "cannot-tell",
        300,
        False,
        """\
Magnésium Marin
Composition pour 2 gélules\tQuantité\t% VNR
Magnésium (sous forme d'oxyde de magnésium)\t300 mg\t80 %
Vitamine B6\t1,4 mg\t100 %
""",
    ),
    Panel(
        "ca",
        "declared-blend",
        200,
        True,
        """\
Tarn Magnesium Bisglycinate
NPN 80001234
Medicinal Ingredients (per capsule)
Magnesium (Magnesium Bisglycinate, Magnesium Oxide) . . . . . . . 200 mg
Non-Medicinal Ingredients
Hypromellose, Microcrystalline Cellulose,
Magnesium Stearate
Recommended Use: Source of magnesium for 1 capsule daily.
""",
    ),
    Panel(
        "au",
        "consistent",
        100,
        False,
        """\
Coastline Magnesium Forte
AUST L 123456
Each capsule contains:
Magnesium glycinate dihydrate 858 mg
(equiv. to magnesium 100 mg)
Pyridoxine hydrochloride 30 mg
""",
    ),
    Panel(
        "three-lines",
        "cannot-tell",
        240,
        False,
        """\
Alder Magnesium
Supplement Facts
Serving Size
2 Capsules
Servings Per Container
60
Amount Per Serving
% Daily Value
Magnesium (as magnesium glycinate)
240 mg
57%
Zinc (as zinc picolinate)
15 mg
136%
Other Ingredients
Rice flour
Hypromellose
Silica
""",
    ),
    Panel(
        "two-cols",
        "cannot-tell",
        200,
        False,
        """\
Twin Rivers Magnesium
Supplement Facts
Serving Size 2 capsules
 | Per capsule | Per 2 capsules | % DV per serving
Magnesium (as magnesium citrate) | 100 mg | 200 mg | 48%
""",
    ),
    Panel(
        "blend",
        "cannot-tell",
        None,
        False,
        """\
Nightfall
Supplement Facts
Serving Size 1 scoop (5 g)
Vitamin C (as ascorbic acid) 60 mg 67%
Nightfall Proprietary Blend 3,000 mg †
  Magnesium bisglycinate, Taurine, L-Theanine
† Daily Value not established.
Other Ingredients: citric acid
""",
    ),
    Panel(
        "blend2",
        "declared-blend",
        480,
        True,
        """\
Calm Blend
Supplement Facts
Serving Size 3 capsules
Magnesium Blend 1,500 mg *
    Magnesium glycinate 900 mg
    Magnesium oxide 600 mg
Magnesium (elemental) 480 mg 114%
""",
    ),
    Panel(
        "blend3",
        "declared-blend",
        None,
        True,
        """\
Calm Blend
Supplement Facts
Serving Size 3 capsules
Proprietary Magnesium Complex 1,500 mg
Magnesium glycinate 900 mg
Magnesium citrate 600 mg
""",
    ),
    Panel(
        "one-line",
        "cannot-tell",
        200,
        False,
        """\
Mag Plus Supplement Facts Serving Size: 2 Capsules Servings Per Container: 30 Amount Per Serving \
% Daily Value Magnesium (as Magnesium Glycinate) 200 mg 48% Zinc (as Zinc Picolinate) 15 mg 136% \
Other Ingredients: Hypromellose, rice flour.
""",
    ),
    Panel(
        "amounts-first",
        "cannot-tell",
        200,
        False,
        """\
Fern Minerals
Each tablet contains
200 mg magnesium (as magnesium oxide) 48% DV
15 mg zinc (as zinc oxide) 136% DV
""",
    ),
    Panel(
        "es",
        "consistent",
        210,
        False,
        """\
Magnesio Bisglicinato
Información nutricional por 2 cápsulas
Bisglicinato de magnesio | 1.500 mg |
de los cuales magnesio | 210 mg | 56 % VRN
Ingredientes: bisglicinato de magnesio, cápsula vegetal (hidroxipropilmetilcelulosa)
""",
    ),
    Panel(
        "it",
        "cannot-tell",
        300,
        False,
        """\
Magnesio Citrato
Integratore alimentare
Valori nutrizionali per dose giornaliera (2 compresse)    % VNR
Magnesio (da citrato di magnesio)    300 mg    80%
Ingredienti: citrato di magnesio, cellulosa microcristallina, magnesio stearato vegetale
""",
    ),
    Panel(
        "per100",
        "consistent",
        300,
        False,
        """\
Magnesiumpulver
Nährwerte | je 100 g | pro Portion (5 g) | NRV
Magnesium (als Magnesiumcitrat) | 6,0 g | 300 mg | 80 %
""",
    ),
    Panel(
        "adults",
        "cannot-tell",
        100,
        False,
        """\
Junior Magnesium Gummies
Supplement Facts
Serving Size 2 Gummies (Adults), 1 Gummy (Ages 4+)
Magnesium (as Magnesium Citrate) 100mg (Adults) / 50mg (Ages 4+) 24%
""",
    ),
    Panel(
        "misprint",
        "cannot-tell",
        None,
        False,
        """\
Sample
Supplement Facts
Serving Size 2 capsules
Magnesium (as magnesium bisglycinate) 1 60 mg 38%
""",
    ),
    Panel(
        "misprint2",
        "cannot-tell",
        None,
        False,
        """\
Sample
Supplement Facts
Serving Size 2 capsules
Magnesium (from 2,0000 mg magnesium bisglycinate) 2OO mg 48%
""",
    ),
    Panel(
        "nl",
        "cannot-tell",
        200,
        False,
        """\
Magnesium Bisglycinaat
Samenstelling per 2 tabletten | | %RI
Magnesium (als magnesiumbisglycinaat) | 200 mg | 53%
Ingrediënten: magnesiumbisglycinaat, vulstof (cellulose)
""",
    ),
    Panel(
        "wrapped",
        "declared-blend",
        300,
        True,
        """\
Sample Magnesium
Supplement Facts
Serving Size 2 capsules
Magnesium (as magnesium
bisglycinate chelate
buffered) 300 mg
71%
Other ingredients: hypromellose, magnesium
stearate
""",
    ),
    Panel(
        "names-only",
        "consistent",
        200,
        False,
        """\
Magnesium Bisglycinate 1,420 mg (providing 200 mg magnesium)
""",
    ),
    Panel(
        "form-col",
        "cannot-tell",
        200,
        False,
        """\
Sample
Ingredient\tForm\tAmount\t%DV
Magnesium\tMagnesium Bisglycinate\t200 mg\t48%
Zinc\tZinc Picolinate\t15 mg\t136%
""",
    ),
    Panel(
        "unit-col",
        "cannot-tell",
        200,
        False,
        """\
Sample
Supplement Facts
Serving size 1 tablet
Ingredient | mg | %DV
Magnesium (as magnesium oxide) | 200 | 48
""",
    ),
    Panel(
        "columnwise",
        "no-claim",
        None,
        False,
        """\
Sample
Supplement Facts
Serving size 1 tablet
Magnesium
Zinc
200 mg
15 mg
""",
    ),
    Panel(
        "dosis",
        "cannot-tell",
        375,
        False,
        """\
Mag 375
Pro Tagesdosis
2 Kapseln
Magnesium (als Magnesiumoxid)
375 mg (100 % NRV)
""",
    ),
    Panel(
        "powder-caps",
        "consistent",
        350,
        False,
        """\
Sleepwell
Serving Size: 1 scoop (5.2g)
Magnesium (from 2500 mg Magnesium Bisglycinate) ........ 350mg ..... 83%
Allergens: none
""",
    ),
    Panel(
        "per-capsule-trap",
        "cannot-tell",
        100,
        False,
        """\
Sample
Serving Size: 2 capsules
Amount per capsule
Magnesium (as magnesium citrate) 100 mg 24%
""",
    ),
    Panel(
        "drug-facts",
        "cannot-tell",
        None,
        False,
        """\
Chalk Row Magnesium Oxide
Drug Facts
Active ingredient (in each tablet)          Purpose
Magnesium oxide 400 mg .................... Antacid
Uses relieves heartburn
Warnings
Do not take more than 2 tablets in a 24-hour period.
Inactive ingredients microcrystalline cellulose, magnesium stearate
""",
    ),
    Panel(
        "percent-first",
        "cannot-tell",
        200,
        False,
        """\
Sample
Supplement Facts
Serving Size 1 capsule
48%   200 mg   Magnesium (as magnesium glycinate)
""",
    ),
    Panel(
        "providing",
        "consistent",
        144,
        False,
        """\
Sample
Supplement Facts
Serving Size 2 capsules
Magnesium L-Threonate (Magtein®) 2,000 mg **
  providing elemental Magnesium 144 mg 34%
** Daily Value not established
Other ingredients: hypromellose.
""",
    ),
    Panel(
        "noparen",
        "cannot-tell",
        200,
        False,
        """\
Sample
Supplement Facts
Serving Size 2 capsules
Magnesium as magnesium bisglycinate 200 mg 48%
""",
    ),
    Panel(
        "amount-then-source",
        "consistent",
        200,
        False,
        """\
Sample
Supplement Facts
Serving Size 2 capsules
Magnesium 200 mg 48%
as magnesium bisglycinate chelate 1,420 mg
""",
    ),
    Panel(
        "amount-then-source2",
        "declared-blend",
        200,
        True,
        """\
Sample
Supplement Facts
Serving Size 2 capsules
Magnesium 200 mg 48%
(as magnesium bisglycinate, magnesium oxide)
""",
    ),
    Panel(
        "bullet-rows",
        "cannot-tell",
        200,
        False,
        """\
Sample
Supplement Facts
Serving Size 2 capsules
• Magnesium (as magnesium bisglycinate) – 200 mg (48% DV)
• Vitamin B6 (as P-5-P) – 10 mg (588% DV)
""",
    ),
    Panel(
        "fields",
        "cannot-tell",
        200,
        False,
        """\
Product: Fern Magnesium
Brand: Fern
Serving size: 2 caps
Magnesium (as glycinate): 200mg
Other ingredients: none
""",
    ),
    Panel(
        "de-satz",
        "cannot-tell",
        400,
        False,
        """\
Magnesium 400
Nahrungsergänzungsmittel mit Magnesium
Zutaten: Magnesiumoxid, Hydroxypropylmethylcellulose
Verzehrempfehlung: Täglich 1 Kapsel
1 Kapsel enthält: 400 mg Magnesium (107 % NRV*)
* Nährstoffbezugswerte
""",
    ),
    Panel(
        "de-je",
        "declared-blend",
        300,
        True,
        """\
Magnesium Komplex
Nährstoffe je Tagesdosis (2 Kapseln)    Menge    %NRV*
Magnesium (aus Magnesiumcitrat, Magnesiumbisglycinat)    300 mg    80
Vitamin B6    1,4 mg    100
""",
    ),
    Panel(
        "de-elementar",
        "consistent",
        200,
        False,
        """\
Magnesiumglycinat
Pro Portion (2 Kapseln)
Magnesiumbisglycinat 1.420 mg
entspricht elementarem Magnesium 200 mg (53 % NRV)
""",
    ),
    Panel(
        "fr-journ",
        "consistent",
        300,
        False,
        """\
Magnésium 300
Valeurs nutritionnelles | par dose journalière (2 gélules) | VNR
Citrate de magnésium | 1 875 mg |
soit magnésium élément | 300 mg | 80 %
Autres ingrédients : gélule d'origine végétale, stéarate de magnésium.
""",
    ),
    Panel(
        "fr-inline",
        "cannot-tell",
        200,
        False,
        """\
Magnésium
Pour 2 gélules : Magnésium (bisglycinate de magnésium) : 200 mg (53% VNR)
""",
    ),
    Panel(
        "capsule-size",
        "doubtful",
        280,
        False,
        """\
Tidewrack Magnesium Bisglycinate
120 size 00 capsules
Supplement Facts
Serving Size 2 capsules
Magnesium (as magnesium bisglycinate) 280 mg 67%
""",
    ),
    Panel(
        "g-amount",
        "consistent",
        400,
        False,
        """\
Sample
Supplement Facts
Serving Size 1 scoop (5 g)
Magnesium citrate 2.5 g (providing 400 mg magnesium) 95%
""",
    ),
    Panel(
        "grams",
        "cannot-tell",
        250,
        False,
        """\
Sample
Supplement Facts
Serving Size 1 tablet
Magnesium (as magnesium oxide)....0.25 g....60%
""",
    ),
    Panel(
        "equivalent-to",
        "consistent",
        200,
        False,
        """\
Sample
Each tablet contains
Magnesium citrate 1.25 g equivalent to elemental magnesium 200 mg
""",
    ),
    Panel(
        "inline-zutaten-rows",
        "consistent",
        320,
        False,
        """\
Magnesium Pulver
Zutaten pro Portion (5 g): Magnesiumcitrat 2 g, davon Magnesium 320 mg (85 % NRV)
""",
    ),
    Panel(
        "buffered-statement",
        "declared-blend",
        300,
        True,
        """\
Sample Magnesium Glycinate
Our buffered magnesium glycinate is gentle.
Supplement Facts
Serving Size 2 capsules
Magnesium (as magnesium glycinate) 300 mg 71%
""",
    ),
    Panel(
        "adults-table",
        "cannot-tell",
        100,
        False,
        """\
Sample
Supplement Facts
Serving Size 1 packet
Amount Per Serving | % DV Adults | % DV Children 4+
Magnesium (as magnesium citrate) | 100 mg | 24% | 24%
""",
    ),
    Panel(
        "amazon-desc",
        "consistent",
        140,
        False,
        """\
Magnesium Glycinate 500mg – 120 Capsules – High Absorption
Brand: Larkmoor
Item Form: Capsule
Serving Size: 2 capsules. Servings per container: 60.
Magnesium (from 1000 mg of Magnesium Glycinate) 140 mg 33%
""",
    ),
    Panel(
        "trailing-star",
        "cannot-tell",
        150,
        False,
        """\
Sample
Supplement Facts
Serving Size 1 Capsule
Amount Per Serving %DV*
Magnesium (as Di-Magnesium Malate) 150mg* 36%*
""",
    ),
    Panel(
        "nrv-amount-cols",
        "cannot-tell",
        375,
        False,
        """\
Sample
Per 2 tablets    %NRV
Magnesium    375mg    100
of which from magnesium oxide    300mg
of which from magnesium citrate    75mg
""",
    ),
    Panel(
        "salts-sum",
        "declared-blend",
        400,
        True,
        """\
Sample
Supplement Facts
Serving Size 2 capsules
Magnesium 400 mg 95%
 Magnesium Glycinate 200 mg
 Magnesium Malate 200 mg
""",
    ),
    Panel(
        "no-space",
        "cannot-tell",
        200,
        False,
        """\
Sample
Supplement Facts
Serving Size 2 capsules
Magnesium(as Magnesium Glycinate)200mg48%
""",
    ),
    Panel(
        "vit-multi",
        "cannot-tell",
        100,
        False,
        """\
Daily Multi
Supplement Facts
Serving Size 2 tablets
Vitamin A (as beta-carotene) 900 mcg RAE 100%
Vitamin B 12 (as methylcobalamin) 500 mcg 20833%
Folate 400 mcg DFE (240 mcg folic acid) 100%
Calcium (as calcium carbonate) 200 mg 15%
Magnesium (as magnesium oxide) 100 mg 24%
Coenzyme Q 10 100 mg †
Lactobacillus acidophilus 10 Billion CFU †
""",
    ),
    Panel(
        "sibling-de",
        "consistent",
        480,
        False,
        """\
Magnesiumcitrat
Einmal täglich 2 Messlöffel (3 g Magnesiumcitrat, davon 480 mg Magnesium)
""",
    ),
    Panel(
        "sibling-de2",
        "consistent",
        210,
        False,
        """\
Magnesium Bisglycinat Pulver
Verzehrempfehlung: 1 x täglich 1 Messlöffel (ca. 1,5 g Magnesiumbisglycinat, davon 210 mg Magnesium)
""",
    ),
    Panel(
        "sibling-fr",
        "consistent",
        280,
        False,
        """\
Magnésium poudre
1 dosette par jour (2 g de bisglycinate de magnésium, dont 280 mg de magnésium)
""",
    ),
    Panel(
        "sibling-en",
        "consistent",
        150,
        False,
        """\
Magnesium Citrate Powder
Twice daily 1 scoop (approx. 1 g magnesium citrate, of which 150 mg magnesium)
""",
    ),
    Panel(
        "sibling-taurate",
        "consistent",
        150,
        False,
        """\
Magnesium Taurate
Ingredient | Amount | % DV |
Magnesium Taurate | 1,720 mg | - |
(providing elemental magnesium) | 150 mg | 36 |
Taurine | 500 mg | † |
""",
    ),
    Panel(
        "sibling-blend",
        "cannot-tell",
        150,
        False,
        """\
Magnesium Glycinate
NPN 80000000
Medicinal Ingredients
Each Capsule Contains:
Magnesium | 150 mg |
[Magnesium Citrate Complex (magnesium citrate, magnesium oxide)] |
Vitamin B6 | 5 mg |
[pyridoxine hydrochloride] |
Non-Medicinal Ingredients: Hypromellose
""",
    ),
    Panel(
        "sibling-calc",
        "impossible",
        200,
        False,
        """\
Supplement Facts
Magnesium Citrate    1000 mg
of which Magnesium    200 mg
""",
    ),
    Panel(
        "sibling-oxide",
        "cannot-tell",
        600,
        False,
        """\
ACTIVE INGREDIENT (in each caplet)
Magnesium Oxide 500 mg
Purpose
Magnesium supplement
Supplement Facts
Serving Size
2 Caplets
Magnesium (as Magnesium Oxide)
Amount per Serving
600mg
% Daily value
143%
Other Ingredients
Stearic acid
""",
    ),
    Panel(
        "sibling-lysin",
        "consistent",
        100,
        False,
        """\
High Absorption Magnesium
Supplement Facts
Serving Size 1 Tablet
Amount Per Serving                 % Daily Value
Magnesium (from 1,000 mg magnesium
lysinate glycinate chelate)                          100 mg   24%
""",
    ),
    Panel(
        "sibling-stearate",
        "consistent",
        200,
        False,
        """\
Mag
Supplement Facts
Serving Size 2 capsules
Magnesium (from 1,420 mg magnesium bisglycinate) 200 mg 48%
Other ingredients: gelatin, magnesium stearate, may contain magnesium silicate (anticaking agent).
Magnesium oxide free.
""",
    ),
    Panel(
        "sibling-of",
        "consistent",
        210,
        False,
        """\
Mag
Supplement Facts
Serving Size: 3 Capsules
Magnesium Bisglycinate (14% elemental magnesium)    1,500 mg
    Elemental Magnesium    210 mg    50%
""",
    ),
    Panel(
        "sibling-per",
        "consistent",
        300,
        False,
        """\
Mag
Nutrition Information
Servings per package: 30
Serving size: 5 g (1 teaspoon)
\tQuantity per serving\tQuantity per 100 g
Magnesium (as citrate)\t300 mg\t6,000 mg
""",
    ),
    Panel(
        "sibling-percentfirst",
        "cannot-tell",
        150,
        False,
        """\
Mag
Supplement Facts
Serving Size 1 capsule
% Daily Value
Amount Per Serving
Magnesium (as magnesium citrate)
36%
150 mg
""",
    ),
    Panel(
        "sibling-decimal-de",
        "consistent",
        225,
        False,
        """\
Magnesiumcitrat 1.500 mg
Pro Tagesdosis (3 Kapseln): Magnesiumcitrat 1.500 mg; davon Magnesium 225 mg (60% NRV*)
""",
    ),
    Panel(
        "sibling-li",
        "consistent",
        210,
        False,
        """\
Glycine Mag
Supplement Facts
Serving Size 2 Capsules
Servings Per Container 60

Amount Per
Serving
% Daily
Value
Magnesium
(from 1,500 mg of Magnesium Bisglycinate)
210 mg
50%
L-Glycine
500 mg
*
* Daily Value not established.
""",
    ),
    Panel(
        "sibling-approx",
        "consistent",
        100,
        False,
        """\
Mag
Each capsule provides approximately 100 mg magnesium from 720 mg magnesium bisglycinate.
""",
    ),
    Panel(
        "sibling-html",
        "cannot-tell",
        200,
        False,
        """\
Mag
| Ingredient | Per Serving | %DV |
|---|---|---|
| Magnesium (as Bisglycinate) | 200 mg | 48% |
| Zinc | 5 mg | 45% |
""",
    ),
    Panel(
        "sibling-colon",
        "consistent",
        200,
        False,
        """\
Magnesium Glycinate
Serving Size: 2 Capsules
Magnesium: 200 mg (48% DV)
Source: Magnesium Glycinate 1,420 mg
Other Ingredients: None
""",
    ),
    Panel(
        "sibling-mixed",
        "consistent",
        200,
        False,
        """\
Magnesium Glycinate
Supplement Facts
Serving Size: 2 Capsules
Magnesium Glycinate .... 2000 mg **
Yielding Elemental Magnesium .... 200 mg 48%
""",
    ),
    Panel(
        "sibling-1g",
        "consistent",
        210,
        False,
        """\
Mag
Supplement Facts
Serving Size 1 scoop
Magnesium bisglycinate 1.5g
of which magnesium 0.21g 50%
""",
    ),
    Panel(
        "amount-per-unit-in-the-row-asks",
        "cannot-tell",
        None,
        False,
        """\
Serving Size 2 capsules
Magnesium (as magnesium glycinate) 100 mg per capsule
""",
    ),
    Panel(
        "amount-per-serving-in-the-row",
        "impossible",
        300,
        False,
        """\
Serving Size 2 tablets
Magnesium bisglycinate 1,500 mg per 2 tablets, providing 300 mg elemental magnesium per 2 tablets
""",
    ),
    Panel(
        "clause-above-its-row",
        "consistent",
        200,
        False,
        """\
Bright Hill
Supplement Facts
Serving Size: 2 Tablets
(from 2 g magnesium lysinate glycinate chelate)
Magnesium | 200 mg | 48%
""",
    ),
    Panel(
        "percent-first-half-teaspoon",
        "consistent",
        200,
        False,
        """\
Magnesium Citrate Powder
Supplement Facts
Serving Size: 1/2 tsp (2.5 g)
48% ... 200 mg ... Magnesium (from Magnesium Citrate)
""",
    ),
    Panel(
        "two-dots",
        "consistent",
        57,
        False,
        """\
Magnesium (from 410 mg magnesium bisglycinate)..57 mg..14%
""",
    ),
    Panel(
        "german-with",
        "consistent",
        140,
        False,
        """\
2 Kapseln enthalten 1 g Magnesiumbisglycinat mit 140 mg elementarem Magnesium
""",
    ),
    Panel(
        "german-dose-with",
        "consistent",
        109,
        False,
        """\
Magnesiumcitrat Pulver
2x täglich 1 Messlöffel (entspricht 1 g Magnesiumcitrat mit 109 mg Magnesium)
""",
    ),
    Panel(
        "french-spoon",
        "consistent",
        109,
        False,
        """\
Citrate de magnésium en poudre
1 cuillère-mesure par jour (env. 1 g de citrate de magnésium, dont 109 mg de magnésium)
""",
    ),
    Panel(
        "daily-dose-then-rows",
        "consistent",
        300,
        False,
        """\
Tagesdosis 2 Kapseln: 500 mg Magnesiumoxid, entspricht 300 mg Magnesium = 80 % NRV
""",
    ),
    Panel(
        "spanish-daily-dose-then-row",
        "declared-blend",
        300,
        True,
        """\
Dosis diaria: 3 cápsulas: Magnesio (bisglicinato de magnesio, óxido de magnesio) 300 mg 80% VRN
""",
    ),
    Panel(
        "dose-with-a-bracket-then-its-source",
        "cannot-tell",
        60,
        False,
        """\
1 Kapsel: Magnesium 60 mg (16% NRV) als Magnesiumbisglycinat
""",
    ),
    Panel(
        "asterisks-as-bullets",
        "cannot-tell",
        300,
        False,
        """\
Supplement Facts
Serving Size 3 Capsules
* Magnesium (as Magnesium Glycinate) 300 mg 71%
* Zinc (as zinc picolinate) 15 mg 136%
""",
    ),
    Panel(
        "asterisk-as-footnote",
        "cannot-tell",
        300,
        False,
        """\
Supplement Facts
Serving Size 3 Capsules
Magnesium (as Magnesium Glycinate) 300 mg 80%*
* Magnesium 375 mg = 100% NRV
""",
    ),
    Panel(
        "names-above-their-figures-ask",
        "cannot-tell",
        None,
        False,
        """\
Supplement Facts
Serving Size 3 Capsules
Magnesium (as Magnesium Glycinate)
Zinc (as Zinc Picolinate)
300 mg 71%
15 mg 136%
""",
    ),
    Panel(
        "two-bases-with-a-slash",
        "cannot-tell",
        200,
        False,
        """\
Serving Size 2 tablets
Per Tablet / Per Serving
Magnesium (from magnesium oxide) 100 mg / 200 mg
""",
    ),
    Panel(
        "heading-inside-the-row",
        "cannot-tell",
        300,
        False,
        """\
Magnesium (as magnesium bisglycinate) Amount per serving: 300 mg % Daily value: 71%
""",
    ),
    Panel(
        "eq-to",
        "impossible",
        200,
        False,
        """\
Each tablet contains:
Magnesium bisglycinate 1000 mg eq. to Magnesium 200 mg
""",
    ),
]
