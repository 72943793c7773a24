'use strict';
// The access graph of a page: search, choose, move by keys.

/**
 * @typedef {object} Box
 * @property {SVGGElement} element
 * @property {number} index
 * @property {number} column
 * @property {number} x
 * @property {number} y
 * @property {string} text
 * @property {boolean} isChanged
 * @property {boolean} isOrganization
 * @property {number | undefined} heading the API resource of a permission
 * @property {boolean} isHeading
 */

/** @typedef {{ element: SVGPathElement, from: number, to: number, isMember: boolean, isChanged: boolean }} Edge */

/** @type {(element: Element) => boolean} */
const isChanged = (element) =>
  ['added', 'removed', 'changed'].some((name) => element.classList.contains(name));

/**
 * @param {SVGSVGElement} svg
 * @returns {{ boxes: Box[], edges: Edge[] }}
 */
function readGraph(svg) {
  /** @type {number | undefined} */
  let heading;
  const boxes = [...svg.querySelectorAll('.node')].map((found, index) => {
    const element = /** @type {SVGGElement} */ (found);
    const [x = 0, y = 0] = (element.getAttribute('transform') ?? '').match(/[\d.]+/g)?.map(Number) ?? [];
    const isHeading = element.classList.contains('heading');
    const isPermission = /permission/i.test(element.getAttribute('class') ?? '');
    if (isHeading) heading = index;
    return {
      element,
      index,
      column: Number(element.dataset['column']),
      x,
      y,
      text: (element.querySelector('title')?.textContent ?? '').toLowerCase(),
      isChanged: isChanged(element),
      isOrganization: element.classList.contains('organization'),
      heading: isPermission ? heading : undefined,
      isHeading,
    };
  });
  const edges = [...svg.querySelectorAll('.edge')].map((found) => {
    const element = /** @type {SVGPathElement} */ (found);
    return {
      element,
      from: Number(element.dataset['from']),
      to: Number(element.dataset['to']),
      isMember: element.classList.contains('member'),
      isChanged: isChanged(element),
    };
  });
  return { boxes, edges };
}

/**
 * What some boxes reach, and what reaches them. Membership alone gives nothing, so the way does not go on through it.
 *
 * @param {readonly Box[]} boxes
 * @param {readonly Edge[]} edges
 * @param {readonly number[]} starts
 * @returns {Set<number>}
 */
function connected(boxes, edges, starts) {
  const found = new Set(starts);
  for (const isForwards of [true, false]) {
    const reached = new Set(starts);
    const queue = [...starts];
    for (let index = queue.pop(); index !== undefined; index = queue.pop()) {
      for (const edge of edges) {
        const [here, there] = isForwards ? [edge.from, edge.to] : [edge.to, edge.from];
        if (here !== index || reached.has(there)) continue;
        reached.add(there);
        found.add(there);
        if (!boxes[there]?.isOrganization) queue.push(there);
      }
    }
  }
  return found;
}

/** The graph: search, choose, move by keys. */
function graph() {
  const svg = document.querySelector('main svg.graph');
  const form = document.querySelector('[data-graph-filters]');
  if (!(svg instanceof SVGSVGElement) || !(form instanceof HTMLFormElement)) return;
  const { boxes, edges } = readGraph(svg);
  const size = JSON.parse(svg.dataset['size'] ?? '{}');
  /** @type {(name: string) => HTMLInputElement | null} */
  const control = (name) => form.querySelector(`[data-graph="${name}"]`);
  const output = form.querySelector('output');
  /** @type {number | undefined} */
  let chosen;

  /** @returns {Set<number>} */
  const wanted = () => {
    const everything = new Set(boxes.keys());
    const words = (control('text')?.value ?? '').toLowerCase().split(/\s+/).filter(Boolean);
    let shown = everything;
    if (chosen !== undefined) shown = connected(boxes, edges, membersOf(chosen));
    else if (words.length > 0) {
      const matching = boxes.filter(({ text }) => words.every((word) => text.includes(word)));
      shown = connected(
        boxes,
        edges,
        matching.flatMap(({ index }) => membersOf(index)),
      );
    }
    if (control('changes')?.checked) {
      const changing = new Set(boxes.filter((box) => box.isChanged).map(({ index }) => index));
      for (const edge of edges) if (edge.isChanged) changing.add(edge.from).add(edge.to);
      shown = new Set([...shown].filter((index) => changing.has(index)));
    }
    for (const index of [...shown]) {
      const heading = boxes[index]?.heading;
      if (heading !== undefined) shown.add(heading);
    }
    return shown;
  };

  /** An API resource stands for its permissions. @type {(index: number) => number[]} */
  const membersOf = (index) => [
    index,
    ...(boxes[index]?.isHeading
      ? boxes.filter(({ heading }) => heading === index).map((box) => box.index)
      : []),
  ];

  const draw = () => {
    const shown = wanted();
    /** @type {Map<number, number>} */
    const rows = new Map();
    for (const box of boxes) {
      const isShown = shown.has(box.index);
      box.element.toggleAttribute('hidden', !isShown);
      box.element.classList.toggle('chosen', box.index === chosen);
      box.element.setAttribute('aria-pressed', String(box.index === chosen));
      if (!isShown) continue;
      const row = rows.get(box.column) ?? 0;
      rows.set(box.column, row + 1);
      box.y = size.top + row * size.row;
      box.element.setAttribute('transform', `translate(${box.x} ${box.y})`);
    }
    for (const edge of edges) {
      const [from, to] = [boxes[edge.from], boxes[edge.to]];
      const isShown = from !== undefined && to !== undefined && shown.has(edge.from) && shown.has(edge.to);
      edge.element.toggleAttribute('hidden', !isShown);
      if (isShown) edge.element.setAttribute('d', curve(from, to));
    }
    const height = size.top + Math.max(1, ...rows.values()) * size.row + size.margin;
    svg.setAttribute('height', String(height));
    svg.setAttribute('viewBox', `0 0 ${svg.getAttribute('width')} ${height}`);
    svg.classList.toggle('focused', shown.size < boxes.length);
    const name = chosen === undefined ? '' : `${boxes[chosen]?.element.querySelector('text')?.textContent}: `;
    if (output)
      output.textContent = shown.size === boxes.length ? '' : `${name}${shown.size} of ${boxes.length} shown`;
    keepOneInTabOrder(shown);
  };

  /** @type {(one: Box, other: Box) => string} */
  const curve = (one, other) => {
    const [from, to] = one.x < other.x ? [one, other] : [other, one];
    const [x1, y1] = [from.x + size.box, from.y + size.height / 2];
    const [x2, y2] = [to.x, to.y + size.height / 2];
    const bend = Math.max(40, (x2 - x1) / 2);
    return `M${x1} ${y1}C${x1 + bend} ${y1} ${x2 - bend} ${y2} ${x2} ${y2}`;
  };

  let current = 0;
  /** Tab goes to one box, from which arrow keys go on. @type {(shown: Set<number>) => void} */
  const keepOneInTabOrder = (shown) => {
    if (!shown.has(current)) current = [...shown].sort((left, right) => left - right)[0] ?? 0;
    for (const { element, index } of boxes) element.setAttribute('tabindex', index === current ? '0' : '-1');
  };

  /** @type {(index: number | undefined) => void} */
  const choose = (index) => {
    chosen = index === chosen ? undefined : index;
    draw();
    const box = index === undefined ? undefined : boxes[index];
    box?.element.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  };

  /** @type {(from: Box, key: string) => Box | undefined} */
  const neighbour = (from, key) => {
    const visible = boxes.filter(({ element }) => !element.hasAttribute('hidden'));
    const below = visible.filter(({ column }) => column === from.column);
    if (key === 'ArrowDown') return below.find(({ y }) => y > from.y);
    if (key === 'ArrowUp') return below.reverse().find(({ y }) => y < from.y);
    const isThere = (/** @type {Box} */ { column }) =>
      key === 'ArrowRight' ? column > from.column : column < from.column;
    const linked = edges.flatMap((edge) => {
      const there = edge.from === from.index ? edge.to : edge.to === from.index ? edge.from : undefined;
      return visible.filter((box) => box.index === there && isThere(box));
    });
    const beside = visible.filter(isThere);
    const distance = (/** @type {Box} */ box) =>
      Math.abs(box.column - from.column) * 10_000 + Math.abs(box.y - from.y);
    return (linked.length > 0 ? linked : beside).sort((left, right) => distance(left) - distance(right))[0];
  };

  /** @type {(index: number | undefined) => void} */
  const light = (index) => {
    const lit = index === undefined ? new Set() : connected(boxes, edges, membersOf(index));
    svg.classList.toggle('lighting', index !== undefined);
    for (const box of boxes)
      box.element.classList.toggle(
        'lit',
        lit.has(box.index) || membersOf(box.index).some((member) => lit.has(member)),
      );
    for (const edge of edges) edge.element.classList.toggle('lit', lit.has(edge.from) && lit.has(edge.to));
  };

  for (const box of boxes) {
    const { element, index } = box;
    element.setAttribute('role', 'button');
    element.addEventListener('click', () => {
      current = index;
      choose(index);
    });
    element.addEventListener('mouseenter', () => {
      light(index);
    });
    element.addEventListener('mouseleave', () => {
      light(undefined);
    });
    element.addEventListener('focus', () => {
      current = index;
      light(element.matches(':focus-visible') ? index : undefined);
    });
    element.addEventListener('blur', () => {
      light(undefined);
    });
    element.addEventListener('keydown', (event) => {
      if (event.key === 'Enter' || event.key === ' ') choose(index);
      else if (event.key === 'Escape') choose(undefined);
      else if (event.key.startsWith('Arrow')) {
        const next = neighbour(box, event.key);
        if (next) current = next.index;
        keepOneInTabOrder(
          new Set(boxes.flatMap((other) => (other.element.hasAttribute('hidden') ? [] : [other.index]))),
        );
        next?.element.focus();
      } else return;
      event.preventDefault();
    });
  }
  form.hidden = false;
  form.addEventListener('input', () => {
    chosen = undefined;
    draw();
  });
  form.addEventListener('submit', (event) => {
    event.preventDefault();
  });
  control('clear')?.addEventListener('click', () => {
    form.reset();
    const changes = control('changes');
    if (changes) changes.checked = false;
    chosen = undefined;
    draw();
  });
  draw();
}

graph();
