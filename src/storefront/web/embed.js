// The shop's guide on another page. One line does it:
//   <script src="https://SHOP/embed/kindling.js" async></script>          a button in the corner
// or, where the page wants it:  <kindling-guide fill></kindling-guide>    fills its place; without `fill` it is the button
// Attributes (of the element, or of the script as data-…): language en|zh, theme light|dark|auto, accent (a colour), product (an id), manual (script only: no
// button by itself). Whoever an experiment of the shop shows no guide sees none; the element is hidden and says so (event kindling-held-out).
// The page's style does not reach in and ours not out (shadow DOM); no cookie is read or set; one element to a page.
(() => {
  const script = document.currentScript;
  const base = new URL(script?.src ?? location.href).origin;
  const files = { guide: base + '{guide.js}', style: base + '{guide.css}', voice: base + '{voice.js}', own: base + '{embed.css}' };
  const store = { get: (name) => { try { return sessionStorage.getItem(name) ?? ''; } catch { return ''; } }, set: (name, value) => { try { sessionStorage.setItem(name, value); } catch { /* private windows keep nothing */ } } };
  let visitor = store.get('kindling.visitor'), basket = store.get('kindling.basket');
  if (!visitor) {
    visitor = 'vis_' + [...crypto.getRandomValues(new Uint8Array(24))].map((b) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'[b & 63]).join('');
    store.set('kindling.visitor', visitor);
  }
  // Text is always text; what is followed opens beside the page.
  function el(tag, attributes = {}, ...children) {
    const e = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith('on')) e.addEventListener(name.slice(2), value);
      else if (value === true) e.setAttribute(name, '');
      else if (value !== false && value != null) e.setAttribute(name, value);
    }
    if (tag === 'a') e.target = '_blank', e.rel = 'noopener';
    e.append(...children.filter((c) => c != null));
    return e;
  }
  const ask = (path, body, signal) => fetch(base + path.replace('/guide/', '/embed/'), { method: 'POST', signal, credentials: 'omit', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ ...body, visitor, basket_id: basket }) });

  // Once a visit. What cannot be asked hides nothing.
  let asked;
  const shown = () => (asked ??= (async () => {
    if (!store.get('kindling.guide')) {
      try {
        const response = await ask('/guide/visit', {});
        if (response.ok) { const can = await response.json(); store.set('kindling.guide', can.guide ? 'shown' : 'held out'), store.set('kindling.hears', can.hears), store.set('kindling.speaks', can.voice), store.set('kindling.examples', JSON.stringify(can.examples)); }
      } catch { /* the guide itself says that the shop cannot be reached */ }
    }
    return store.get('kindling.guide') !== 'held out';
  })());

  class KindlingGuide extends HTMLElement {
    connectedCallback() {
      if (this.shadowRoot) return;
      if (window.kindlingGuide) return console.warn('kindling-guide: one element to a page; this one stays empty');
      window.kindlingGuide = this;
      const root = this.attachShadow({ mode: 'open' });
      const zh = (this.getAttribute('language') || document.documentElement.lang || navigator.language).toLowerCase().startsWith('zh');
      const t = (en, chinese) => (zh ? chinese : en);
      this.lang = zh ? 'zh-CN' : 'en';
      const accent = this.getAttribute('accent');
      if (accent && CSS.supports('color', accent)) this.style.setProperty('--kindling-accent', accent), this.style.setProperty('--kindling-accent-dark', accent), this.style.setProperty('--kindling-on-accent-dark', '#fff');
      const night = matchMedia('(prefers-color-scheme: dark)'), theme = this.getAttribute('theme') || 'auto';
      const paint = () => this.classList.toggle('dark', theme === 'dark' || (theme === 'auto' && night.matches));
      paint(), night.addEventListener('change', paint);
      const flame = document.createElementNS('http://www.w3.org/2000/svg', 'svg'), path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
      for (const [k, v] of [['viewBox', '0 0 24 24'], ['width', 22], ['height', 22], ['aria-hidden', 'true']]) flame.setAttribute(k, v);
      path.setAttribute('d', 'M12 2c1 4 6 6.500 6 12a6 6 0 0 1-12 0c0-3 1.500-4.500 3-6.500.500 2 1 2.500 2 3C11.500 8 11 5 12 2z'), flame.append(path);
      const units = el('span', { class: 'units', hidden: true });
      const button = el('button', { class: 'ask', type: 'button', 'data-style': files.style, 'data-voice-script': files.voice, 'data-product': this.getAttribute('product') ?? '', onclick: () => this.open(), hidden: this.hasAttribute('fill') }, flame, el('span', {}, t('Ask the guide', '问导购')), units);
      let timer;
      const toast = (message, link) => {
        root.querySelector('.toast')?.remove(), clearTimeout(timer);
        const box = el('div', { class: 'toast', role: 'status' }, el('span', {}, message), link ? el('a', { href: link.url }, link.text) : null);
        (root.querySelector('dialog[open]') ?? root).append(box);  // a sheet over the whole phone lies above everything else
        timer = setTimeout(() => box.remove(), 6000);
      };
      const showUnits = (n) => { units.textContent = n, units.hidden = !n; };
      const checkout = () => ({ url: `${base}/checkout?basket=${encodeURIComponent(basket)}`, text: t('Check out', '去结算') });
      const keepBasket = async (id) => { basket = id, store.set('kindling.basket', id); };
      const addToBasket = async (_, line) => {
        const response = await ask('/guide/basket', { sku: line.sku, quantity: line.quantity, locale: zh ? 'zh' : 'en' });
        const answer = await response.json();
        if (response.ok) await keepBasket(answer.basket_id), showUnits(answer.units), this.dispatchEvent(new CustomEvent('kindling-basket', { bubbles: true, detail: { basket_id: basket, units: answer.units, checkout: checkout().url } }));
        toast(response.ok ? t('In the basket', '已加入购物车') : answer.error?.message, response.ok ? checkout() : undefined);
      };
      this.tools = { button, el, toast, showUnits, addToBasket, keepBasket, ask, root, zh, fill: this.hasAttribute('fill') };
      shown().then((yes) => {
        if (!yes) return this.hidden = true, this.style.display = 'none', this.dispatchEvent(new CustomEvent('kindling-held-out', { bubbles: true }));
        root.append(el('link', { rel: 'stylesheet', href: files.own }), button);
        if (this.hasAttribute('fill')) this.open();
      });
    }
    /** Opens the panel; with text, asks it. */
    async open(text) {
      if (!await shown()) return;
      Object.assign(this.tools.button.dataset, { hears: store.get('kindling.hears'), voice: store.get('kindling.speaks'), examples: store.get('kindling.examples') || '[]' });
      (await import(files.guide)).open({ ...this.tools, text });
    }
  }
  if (!customElements.get('kindling-guide')) customElements.define('kindling-guide', KindlingGuide);
  if (script && !('manual' in script.dataset) && !document.querySelector('kindling-guide')) {
    const guide = document.createElement('kindling-guide');
    for (const name of ['language', 'theme', 'accent', 'product']) if (script.dataset[name]) guide.setAttribute(name, script.dataset[name]);
    if (document.body) document.body.append(guide);
    else addEventListener('DOMContentLoaded', () => document.body.append(guide));
  }
})();
