// The guide's view of a choice: everything that fits, on two of the axes that it is weighed by; to the right and up is better. One product is looked at, by
// touch or by arrow keys: what it has on each axis, and what beats it where. Opened by guide.js where an answer has such a choice.

const style = new CSSStyleSheet();
style.replaceSync(`
  .gchoice { display: grid; gap: 8px; min-width: 0; } .gaxes { display: grid; grid-template-columns: 1fr 1fr; gap: 8px; } .gaxes label { display: grid; gap: 2px; min-width: 0; } .gaxes select { min-height: 44px; min-width: 0; border: 1px solid var(--line); border-radius: 12px; background: var(--card); color: var(--ink); padding: 0 10px; font: inherit; }
  .gplane { display: grid; gap: 4px; font-size: .82em; color: var(--soft); } .gacross { text-align: end; } .gdots { position: relative; height: 190px; border-left: 1px solid var(--soft); border-bottom: 1px solid var(--soft); background: var(--sunk); border-radius: 0 10px 0 0; cursor: pointer; } .gdots:focus-visible { outline: 2px solid var(--ember); outline-offset: 3px; }
  .gdot { position: absolute; width: 9px; height: 9px; margin: -5px; border-radius: 50%; background: var(--soft); opacity: .5; } .gdot.gbest { width: 14px; height: 14px; margin: -7px; background: var(--ember); opacity: 1; box-shadow: 0 0 0 2px var(--paper); } .gdot[aria-selected="true"] { opacity: 1; outline: 2px solid var(--ink); outline-offset: 3px; z-index: 1; }
  .gabout { padding: 12px 14px; border: 1px solid var(--line); border-radius: 14px; background: var(--card); min-height: 6.5em; } .gabout p, .gwhynot p { margin: 4px 0 0; font-size: .88em; } .ggood { color: var(--good); } .gbeaten { color: var(--soft); }
  .gwhynot summary { cursor: pointer; padding: 10px 2px; min-height: 44px; } .gwhynot ul { display: grid; gap: 10px; max-height: 320px; overflow-y: auto; } .gwhynot a { font-size: .92em; }
`);
let planes = 0;

export function choice({ axes, points }, { el, t, zh, root }) {
  if (!axes?.length || points.length < 3) return null;
  if (!root.adoptedStyleSheets.includes(style)) root.adoptedStyleSheets.push(style);
  const id = `gplane${++planes}`, bySku = new Map(points.map((p) => [p.sku, p]));
  const senses = { less: t('less', '越小越好'), more: t('more', '越大越好'), nearest: t('nearer', '越接近越好'), meets: t('met', '符合更好') };
  const better = (axis) => `${axis.label}${zh ? '：' : ': '}${axis.kind === 'price' ? t('cheaper', '越便宜越好') : axis.kind === 'rating' ? t('higher', '越高越好') : senses[axis.sense]}`;
  const said = (point, at) => point.texts[at] || (axes[at].kind === 'sales' ? '' : t('not known', '未知'));
  const why = (point) => {
    if (point.best) return t('Nothing that fits beats it.', '没有符合的商品能全面胜过它。');
    const by = bySku.get(point.beaten_by);
    const where = point.beaten_in.map((at) => (axes[at].kind === 'sales' ? t('bought more often', '卖得更多') : `${axes[at].label} ${said(by, at)}${t(`, here ${said(point, at)}`, `，这款${said(point, at)}`)}`));
    return t(`“${by.title}” is nowhere worse and better here: ${where.join('; ')}.`, `“${by.title}”各项都不差，且更优：${where.join('；')}。`);
  };
  let x = 0, y = Math.max(axes.findIndex((axis) => axis.kind === 'amount'), Math.min(1, axes.length - 1)), at = 0;
  const dots = points.map((p, i) => el('span', { role: 'option', id: `${id}-${i}`, class: p.best ? 'gdot gbest' : 'gdot' }));
  const across = el('span', { 'aria-hidden': 'true', class: 'gacross' }), up = el('span', { 'aria-hidden': 'true', class: 'gup' });
  const about = el('div', { class: 'gabout', 'aria-live': 'polite' });
  const box = el('div', { class: 'gdots', role: 'listbox', tabindex: '0', 'aria-label': t('What fits: arrow keys go from one to the next', '符合条件的商品：用方向键逐一查看') }, ...[...dots].reverse());  // what nothing beats lies on top
  const look = (next) => {
    dots[at].setAttribute('aria-selected', 'false');
    at = next;
    const p = points[at];
    dots[at].setAttribute('aria-selected', 'true');
    box.setAttribute('aria-activedescendant', dots[at].id);
    about.replaceChildren(el('a', { href: p.url, dir: 'auto' }, p.title), el('p', { class: 'gsoft' }, axes.map((axis, i) => (axis.kind === 'sales' ? '' : `${axis.label} ${said(p, i)}`)).filter(Boolean).join(' · ')), el('p', { class: p.best ? 'ggood' : 'gbeaten' }, why(p)));
  };
  const draw = () => {
    for (const [i, p] of points.entries()) {
      dots[i].style.left = `${4 + 92 * p.worth[x]}%`, dots[i].style.top = `${92 - 84 * p.worth[y]}%`;
      dots[i].setAttribute('aria-label', `${p.title}, ${axes[x].label} ${said(p, x)}, ${axes[y].label} ${said(p, y)}. ${p.best ? t('Nothing beats it', '没有能胜过它的') : t('Beaten', '有更优的')}`);
    }
    across.textContent = `${better(axes[x])} →`, up.textContent = `↑ ${better(axes[y])}`;
  };
  const order = () => points.map((_, i) => i).sort((a, b) => points[a].worth[x] - points[b].worth[x] || points[a].worth[y] - points[b].worth[y]);
  box.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[event.key], all = order();
    const next = step ? all.indexOf(at) + step : event.key === 'Home' ? 0 : event.key === 'End' ? all.length - 1 : null;
    if (next === null) return;
    event.preventDefault();
    if (next >= 0 && next < all.length) look(all[next]);
  });
  box.addEventListener('click', (event) => {
    const area = box.getBoundingClientRect(), off = (i) => { const d = dots[i].getBoundingClientRect(); return Math.hypot(d.left + d.width / 2 - event.clientX, d.top + d.height / 2 - event.clientY); };
    if (area.width) look(points.map((_, i) => i).reduce((best, i) => (off(i) < off(best) ? i : best), 0));
  });
  const pick = (name, now, chosen) => el('label', { class: 'gsoft' }, name, ' ', el('select', { onchange: (event) => { chosen(Number(event.currentTarget.value)); draw(); } }, ...axes.map((axis, i) => el('option', { value: i, selected: i === now }, axis.label))));
  draw(), look(0);
  const beaten = points.filter((p) => !p.best);
  return el('div', { class: 'gchoice' },
    axes.length > 2 ? el('div', { class: 'gaxes' }, pick(t('Up', '纵轴'), y, (i) => { y = i; }), pick(t('Across', '横轴'), x, (i) => { x = i; })) : null,
    el('div', { class: 'gplane' }, up, box, across), about,
    beaten.length ? el('details', { class: 'gwhynot' }, el('summary', {}, t(`Why not the others (${beaten.length})`, `为什么不是其余的（${beaten.length}款）`)), el('ul', {}, ...beaten.map((p) => el('li', {}, el('a', { href: p.url, dir: 'auto' }, p.title), el('p', { class: 'gsoft' }, why(p)))))) : null);
}
