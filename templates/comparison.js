"use strict";
(() => {
  const ABREAST = 5;
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
  const say = (tools, text) => { one(tools, "[role=status]").textContent = text; };

  const columns = tools => {
    const holders = all(section, ".comparison");
    const products = [], rows = new Map();
    for (const holder of holders) {
      const from = products.length, table = one(holder, "table");
      for (const head of [...table.tHead.rows[0].cells].slice(1)) {
        products.push({ head, name: one(head, "bdi").textContent, cells: new Map() });
      }
      for (const row of all(table, "tr[data-row]")) {
        const key = Number(row.dataset.row), cells = [...row.cells];
        if (!rows.has(key)) rows.set(key, { header: cells[0], group: one(row.parentNode, ".group") });
        cells.slice(1).forEach((cell, at) => products[from + at].cells.set(key, cell));
      }
    }
    const keys = [...rows.keys()].sort((a, b) => a - b);
    const ticks = all(tools, "[name=product]"), order = one(tools, "[name=order]");
    const alike = one(tools, "[name=alike]");
    const least = product => product.cells.get(1)?.dataset.low ?? "";
    const by = {
      given: () => 0,
      verdict: (a, b) => a.head.dataset.rank - b.head.dataset.rank,
      name: (a, b) => words.compare(a.name, b.name),
      declared: (a, b) => known(least(a), least(b)) || least(b) - least(a),
    };

    const marked = (key, shown) => {
      const cells = shown.map(product => product.cells.get(key)).filter(Boolean);
      const range = cell => [Number(cell.dataset.low), Number(cell.dataset.high)];
      const ranged = cells.filter(cell => "low" in cell.dataset);
      cells.forEach(cell => one(cell, ".standing")?.remove());
      const text = new Set(cells.map(cell => cell.textContent));
      for (const cell of ranged.length > 1 ? ranged : []) {
        const [low, high] = range(cell);
        const reach = ranged.filter(other => range(other)[1] >= low).length;
        const start = ranged.filter(other => range(other)[0] <= high).length;
        if (reach === 1 || start === 1) cell.append(standing(reach === 1));
      }
      const differs = ranged.length > 1
        && Math.max(...ranged.map(c => range(c)[0])) > Math.min(...ranged.map(c => range(c)[1]));
      return { differs, same: shown.length > 1 && cells.length === shown.length && text.size === 1 };
    };
    const standing = above => {
      const mark = made("div", "note standing", above ? " above the rest" : " below the rest");
      const arrow = made("span", "", above ? "▲" : "▼");
      arrow.setAttribute("aria-hidden", "true");
      mark.prepend(arrow);
      return mark;
    };
    const line = (key, chunk, { differs, same }) => {
      const row = document.createElement("tr"), header = rows.get(key).header.cloneNode(true);
      row.dataset.row = key;
      row.className = differs ? "differs" : same ? "same" : "";
      row.append(header, ...chunk.map(product => product.cells.get(key) ?? absent()));
      return row;
    };
    const absent = () => {
      const cell = document.createElement("td");
      cell.append(made("div", "figure quiet", "not declared"));
      return cell;
    };
    const body = (group, lines, size) => {
      const found = document.createElement("tbody");
      if (group) {
        const row = group.cloneNode(true);
        row.cells[0].colSpan = size + 1;
        found.append(row);
      }
      found.append(...lines);
      return found;
    };
    const fill = (holder, chunk, marks) => {
      const table = one(holder, "table"), bodies = [];
      let lines = [], group = null;
      for (const key of [...keys, null]) {
        const next = key === null ? undefined : rows.get(key).group;
        const name = next?.textContent ?? next;
        if (lines.length && name !== (group?.textContent ?? group)) {
          bodies.push(body(group, lines, chunk.length));
          lines = [];
        }
        if (key === null) break;
        group = next;
        const hidden = alike.checked && marks.get(key).same;
        if (!hidden && chunk.some(p => p.cells.has(key))) lines.push(line(key, chunk, marks.get(key)));
      }
      const [corner] = table.tHead.rows[0].cells;
      table.tHead.rows[0].replaceChildren(corner, ...chunk.map(product => product.head));
      table.replaceChildren(table.caption, table.tHead, ...bodies);
      table.caption.textContent = chunk.map(product => product.name).join(", ");
    };
    const show = () => {
      const shown = products.filter((_, at) => ticks[at].checked).sort(by[order.value]);
      const size = Math.ceil(shown.length / Math.ceil(shown.length / ABREAST));
      const marks = new Map(keys.map(key => [key, marked(key, shown)]));
      holders.forEach((holder, at) => {
        const chunk = shown.slice(at * size, (at + 1) * size);
        holder.hidden = !chunk.length;
        if (chunk.length) fill(holder, chunk, marks);
      });
      const sorted = order.selectedOptions[0].textContent;
      say(tools, `${shown.length} of ${products.length} products shown, ${sorted}.`);
    };
    tools.addEventListener("change", show);
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
      sorted = `by ${button.textContent.toLowerCase()}, ${head.ariaSort}`;
      show();
    };
    all(table, "thead th").forEach((head, at) => {
      const button = made("button", "", head.textContent);
      button.type = "button";
      button.addEventListener("click", () => { sort(head, button, at); });
      head.replaceChildren(button);
    });
    tools.addEventListener("input", show);
    tools.hidden = false;
  };

  all(section, "[data-tools=columns]").forEach(columns);
  all(section, "[data-tools=summary]").forEach(summary);
})();
