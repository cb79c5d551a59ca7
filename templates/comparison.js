"use strict";
(() => {
  const section = document.getElementById("comparison");
  if (!section) return;
  const all = (root, query) => [...root.querySelectorAll(query)];
  const one = (root, query) => root.querySelector(query);
  const made = (tag, name, text) => {
    const element = document.createElement(tag);
    if (name) element.className = name;
    element.append(text);
    return element;
  };
  const words = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  const known = (a, b) => (a === "") - (b === "");
  const RULE = "a range by its middle, what is not known last";
  const say = (tools, text) => { one(tools, "[role=status]").textContent = text; };

  const columns = tools => {
    const holder = one(section, ".comparison"), table = one(holder, "table");
    const sheets = one(section, ".sheets"), place = table.tBodies;
    const rows = all(table, "tr[data-row]").map(row => ({ row, cells: [...row.cells].slice(1) }));
    const groups = all(table, ".group");
    const products = [...table.tHead.rows[0].cells].slice(1).map((head, at) => (
      { head, at, name: one(head, "a").textContent }));
    const ticks = all(tools, "[name=product]"), order = one(tools, "[name=order]");
    const alike = one(tools, "[name=alike]"), least = one(tools, "[name=least]"), caption = table.caption.textContent;
    const ends = cell => "low" in cell.dataset && [+cell.dataset.low, +cell.dataset.high];
    const middle = (cells, { at }) => ends(cells[at]) ? (ends(cells[at])[0] + ends(cells[at])[1]) / 2 : "";
    const by = {
      given: () => 0,
      verdict: (a, b) => a.head.dataset.rank - b.head.dataset.rank,
      name: (a, b) => words.compare(a.name, b.name),
    };
    for (const { row, cells } of rows.filter(each => each.cells.filter(ends).length > 1)) {
      const of = one(row.parentNode, ".group").textContent.trim();
      const what = one(row.cells[0], "span").textContent.trim();
      const option = made("option", "", `by ${of}: ${what}`);
      option.value = `row ${row.dataset.row}`;
      order.append(option);
      by[option.value] = (a, b) => {
        const [x, y] = [middle(cells, a), middle(cells, b)];
        return known(x, y) || (least.checked ? x - y : y - x);
      };
    }

    const standing = above => {
      const mark = made("div", "note standing", above ? " above the rest" : " below the rest");
      const arrow = made("span", "", above ? "▲" : "▼");
      arrow.setAttribute("aria-hidden", "true");
      mark.prepend(arrow);
      return mark;
    };
    const apart = ranged => ranged.length > 1
      && Math.max(...ranged.map(c => ends(c)[0])) > Math.min(...ranged.map(c => ends(c)[1]));
    const mark = (row, cells) => {
      const ranged = cells.filter(ends);
      cells.forEach(cell => one(cell, ".standing")?.remove());
      const same = cells.length > 1 && new Set(cells.map(cell => cell.textContent)).size === 1;
      for (const cell of ranged.length > 1 ? ranged : []) {
        const [low, high] = ends(cell);
        const reach = ranged.filter(other => ends(other)[1] >= low).length;
        const start = ranged.filter(other => ends(other)[0] <= high).length;
        if (reach === 1 || start === 1) cell.append(standing(reach === 1));
      }
      row.className = apart(ranged) ? "differs" : same ? "same" : "";
      row.hidden = same && (alike.checked || cells[0].textContent === "not declared");
    };
    const empty = body => {
      const held = [...body.rows].filter(row => row.dataset.row);
      body.hidden = held.every(row => row.hidden);
    };
    const few = 4, abreast = 12;
    const paper = shown => {
      const count = Math.ceil(shown.length / few), size = Math.ceil(shown.length / count);
      const cut = (_, at) => {
        const sheet = made("div", "sheet", table.cloneNode(true)), own = one(sheet, "table");
        const names = shown.slice(at * size, (at + 1) * size).map(product => product.name);
        for (const row of all(own, "tr:not(.group)")) {
          row.replaceChildren(row.cells[0], ...[...row.cells].slice(1 + at * size, 1 + (at + 1) * size));
          row.classList.toggle("differs", apart([...row.cells].filter(ends)));
        }
        all(own, ".group th").forEach(head => { head.colSpan = 1 + names.length; });
        all(own, "[id]").forEach(each => each.removeAttribute("id"));
        own.caption.textContent = names.join(", ");
        return sheet;
      };
      const printed = count > 1 && shown.length <= abreast;
      sheets.replaceChildren(...printed ? Array.from({ length: count }, cut) : []);
    };
    const narrow = matchMedia("(max-width: 40rem)");
    const follow = () => {
      const head = table.tHead, height = head.offsetHeight;
      const start = place[0].getBoundingClientRect().top - height;
      const end = table.getBoundingClientRect().bottom - 2 * height;
      const down = narrow.matches ? 0 : Math.max(0, Math.min(-start, end - start));
      head.style.setProperty("--down", `${down}px`);
    };
    const show = () => {
      const shown = products.filter(({ at }) => ticks[at].checked).sort(by[order.value]);
      const [corner] = table.tHead.rows[0].cells;
      table.tHead.rows[0].replaceChildren(corner, ...shown.map(product => product.head));
      for (const { row, cells } of rows) {
        const found = shown.map(product => cells[product.at]);
        row.replaceChildren(row.cells[0], ...found);
        if (row.dataset.row !== "0" && found.length) mark(row, found);
      }
      groups.forEach(group => { group.cells[0].colSpan = shown.length + 1; });
      [...place].forEach(empty);
      holder.hidden = !shown.length;
      holder.classList.toggle("few", shown.length <= few);
      const whole = shown.length === products.length;
      table.caption.textContent = whole ? caption : shown.map(product => product.name).join(", ");
      paper(shown);
      const sorted = order.selectedOptions[0].textContent, ranged = order.value.startsWith("row ");
      least.parentNode.hidden = !ranged;
      const way = ranged ? `, ${least.checked ? "least" : "most"} first; ${RULE}` : "";
      say(tools, `${shown.length} of ${products.length} products shown, ${sorted}${way}.`);
    };
    tools.addEventListener("change", show);
    for (const event of ["scroll", "resize"]) addEventListener(event, follow, { passive: true });
    one(tools, "[name=every]").addEventListener("click", () => { tick(true); });
    one(tools, "[name=none]").addEventListener("click", () => { tick(false); });
    const tick = checked => {
      ticks.forEach(each => { each.checked = checked; });
      show();
    };
    tools.hidden = false;
  };

  const summary = tools => {
    const table = one(section, ".summary table"), body = table.tBodies[0], rows = [...body.rows];
    const ticks = all(tools, "[name=verdict]"), find = one(tools, "[name=find]");
    let sorted = "as given";
    const show = () => {
      const verdicts = new Set(ticks.filter(each => each.checked).map(each => each.value));
      const sought = find.value.trim().toLowerCase();
      for (const row of rows) {
        row.hidden = !verdicts.has(row.dataset.verdict)
          || !row.cells[0].textContent.toLowerCase().includes(sought);
      }
      const shown = rows.filter(row => !row.hidden).length;
      say(tools, `${shown} of ${rows.length} products shown, ${sorted}.`);
    };
    const value = (row, at) => row.cells[at].dataset.value ?? row.cells[at].textContent.trim();
    const sort = (head, button, at) => {
      const up = head.ariaSort ? head.ariaSort !== "ascending" : head.dataset.sort !== "down";
      all(table, "thead th").forEach(each => { each.ariaSort = null; });
      head.ariaSort = up ? "ascending" : "descending";
      const sign = up ? 1 : -1;
      rows.sort((a, b) => {
        const [x, y] = [value(a, at), value(b, at)];
        return known(x, y) || sign * (head.dataset.sort === "text" ? words.compare(x, y) : x - y);
      });
      body.append(...rows);
      const rule = head.dataset.rule === "middle" ? `; ${RULE}` : "";
      sorted = `by ${button.textContent.toLowerCase()}, ${head.ariaSort}${rule}`;
      show();
    };
    all(table, "thead th").forEach((head, at) => {
      const button = made("button", "", head.textContent);
      button.type = "button";
      button.addEventListener("click", () => { sort(head, button, at); });
      head.replaceChildren(made("span", "on-paper", button.textContent), button);
    });
    tools.addEventListener("input", show);
    tools.hidden = false;
  };

  all(section, "[data-tools=columns]").forEach(columns);
  all(section, "[data-tools=summary]").forEach(summary);
})();
