// What pages gain from scripts: suggestions, adding to the basket in place, prices that follow the choice, the guide's button.
// Every one of these works without this file too, except the guide.

const $ = (selector, root = document) => root.querySelector(selector);
const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];

// Makes an element; text is always text.
function el(tag, attributes = {}, ...children) {
  const e = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (name.startsWith('on')) e.addEventListener(name.slice(2), value);
    else if (value === true) e.setAttribute(name, '');
    else if (value !== false && value != null) e.setAttribute(name, value);
  }
  e.append(...children.filter((c) => c != null));
  return e;
}

function showUnits(units) {
  for (const badge of $$('[data-units]')) {
    badge.textContent = units;
    badge.hidden = !units;
  }
}

let toastTimer;
function toast(message, link) {
  $('.toast')?.remove();
  clearTimeout(toastTimer);
  const box = el('div', { class: 'toast', role: 'status' }, el('span', {}, message), link ? el('a', { href: link.url }, link.text) : null);
  ($('dialog[open]') ?? document.body).append(box);  // a sheet over the whole phone lies above everything else
  toastTimer = setTimeout(() => box.remove(), 6000);
}

// The same form post, answered as JSON. Without an answer in JSON the browser posts the form itself.
async function addToBasket(action, fields) {
  const response = await fetch(action, { method: 'POST', headers: { accept: 'application/json' }, body: new URLSearchParams(fields) });
  const answer = await response.json();
  if (response.ok) showUnits(answer.units);
  toast(answer.message, response.ok ? { url: answer.url, text: answer.see } : null);
  return response.ok;
}

for (const form of $$('form[data-add]')) {
  form.addEventListener('submit', async (event) => {
    event.preventDefault();
    const button = $('button', form);
    button.disabled = true;
    try {
      await addToBasket(form.action, new FormData(form));
    } catch {
      form.submit();
    } finally {
      button.disabled = false;
    }
  });
  const follow = () => {
    const chosen = $('input[name=sku]:checked', form);
    if (!chosen) return;
    const { price, was, stock } = chosen.dataset;
    const gone = 'gone' in chosen.dataset;
    for (const place of $$('[data-now]', form)) place.textContent = price;
    const former = $('s[data-was]', form);
    former.textContent = was;
    former.hidden = !was;
    const line = $('[data-stock-line]', form);
    line.textContent = stock;
    line.classList.toggle('gone', gone);
    line.classList.toggle('few', 'few' in chosen.dataset);
    $('.act button', form).disabled = gone;
  };
  form.addEventListener('change', follow);
  follow();
}

for (const form of $$('form[data-quantity]')) {
  $('button', form).hidden = true;
  form.addEventListener('change', () => form.requestSubmit());
}
// The ways of sending follow the country, and the sums the way.
const ways = $('[data-ways]');
if (ways) {
  const country = $('select[name=country]', ways.form);
  const goes = (countries, code) => !countries || (countries[0] === '!' ? !countries.slice(1).split(',').includes(code) : countries.split(',').includes(code));
  const follow = () => {
    for (const choice of $$('.choice', ways)) choice.hidden = !!country?.value && !goes(choice.dataset.countries, country.value);
    const open = $$('.choice:not([hidden]) input', ways);
    $('[data-nowhere]', ways).hidden = open.length > 0;
    const chosen = open.find((radio) => radio.checked) ?? open[0];
    if (!chosen) return;
    chosen.checked = true;
    $('.sums [data-shipping]').textContent = chosen.dataset.fee;
    $('.sums [data-total]').textContent = chosen.dataset.total;
    const off = $('.sums [data-shipping-off]');
    if (off) off.textContent = chosen.dataset.off;
    off?.parentElement.toggleAttribute('hidden', !chosen.dataset.off);
  };
  ways.form.addEventListener('change', follow);
  follow();
}
// Whoever signs out leaves nothing of the talk with the guide to the next at this screen.
for (const form of $$('form[data-leave]')) form.addEventListener('submit', () => { try { sessionStorage.removeItem('kindling.guide'); sessionStorage.removeItem('kindling.guide.open'); } catch { /* nothing was kept */ } });
for (const form of $$('form[data-sure]')) form.addEventListener('submit', (event) => { if (!confirm(form.dataset.sure)) event.preventDefault(); });

// Thumbnails move the row of pictures instead of the whole page.
const pictures = $('.pictures');
if (pictures) {
  const links = $$('.thumbs a');
  links.forEach((link, i) => link.addEventListener('click', (event) => {
    event.preventDefault();
    pictures.scrollTo({ left: i * pictures.clientWidth, behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });
  }));
  const mark = () => links.forEach((link, i) => i === Math.round(pictures.scrollLeft / pictures.clientWidth) ? link.setAttribute('aria-current', 'true') : link.removeAttribute('aria-current'));
  pictures.addEventListener('scroll', mark, { passive: true });
  mark();
}

// On a phone the filters start closed.
if (matchMedia('(max-width: 899px)').matches) for (const drawer of $$('.drawer')) drawer.open = false;

// Suggestions: a list box under the search field (WAI-ARIA combobox, list autocomplete).
const input = $('#q');
if (input) {
  const box = el('div', { class: 'suggest', id: 'suggest', role: 'listbox', hidden: true });
  input.form.append(box);
  for (const [name, value] of Object.entries({ role: 'combobox', 'aria-controls': 'suggest', 'aria-expanded': 'false', 'aria-autocomplete': 'list' })) input.setAttribute(name, value);
  let chosen = -1, asked = '', timer, running;
  const options = () => $$('a', box);
  const close = () => { box.hidden = true; chosen = -1; input.setAttribute('aria-expanded', 'false'); input.removeAttribute('aria-activedescendant'); };
  const show = (answer) => {
    const rows = [];
    for (const c of answer.completions) rows.push(el('a', { href: c.url }, el('span', { class: 't' }, c.text)));
    for (const c of answer.categories) rows.push(el('a', { href: c.url }, el('span', { class: 't' }, c.text), el('span', { class: 'k' }, '›')));
    for (const p of answer.products) rows.push(el('a', { href: p.url }, p.picture ? el('img', { src: p.picture, alt: '', width: 40, height: 40 }) : null, el('span', { class: 't' }, p.text), el('span', { class: 'k' }, p.price)));
    rows.forEach((row, i) => { row.id = `suggest-${i}`; row.setAttribute('role', 'option'); row.setAttribute('tabindex', '-1'); });
    box.replaceChildren(...rows);
    if (!rows.length || document.activeElement !== input) return close();
    chosen = -1;
    box.hidden = false;
    input.setAttribute('aria-expanded', 'true');
  };
  const ask = async () => {
    const text = input.value.trim();
    if (text === asked) return;
    asked = text;
    running?.abort();
    if (!text) return close();
    running = new AbortController();
    try {
      const response = await fetch(`${input.dataset.suggest}?q=${encodeURIComponent(text)}`, { signal: running.signal });
      if (response.ok) show(await response.json());
    } catch (error) {
      if (error.name !== 'AbortError') close();
    }
  };
  input.addEventListener('input', (event) => { if (!event.isComposing) { clearTimeout(timer); timer = setTimeout(ask, 120); } });
  input.addEventListener('compositionend', () => { clearTimeout(timer); timer = setTimeout(ask, 120); });
  input.addEventListener('keydown', (event) => {
    if (event.isComposing || box.hidden) return;
    const list = options();
    if (event.key === 'Escape') close();
    else if (event.key === 'ArrowDown' || event.key === 'ArrowUp') {
      event.preventDefault();
      chosen = (chosen + (event.key === 'ArrowDown' ? 1 : -1) + list.length + 1) % (list.length + 1);
      list.forEach((row, i) => row.setAttribute('aria-selected', String(i === chosen)));
      if (chosen < list.length) input.setAttribute('aria-activedescendant', list[chosen].id), list[chosen].scrollIntoView({ block: 'nearest' });
      else input.removeAttribute('aria-activedescendant');
    } else if (event.key === 'Enter' && chosen >= 0 && chosen < list.length) {
      event.preventDefault();
      list[chosen].click();
    }
  });
  document.addEventListener('pointerdown', (event) => { if (!input.form.contains(event.target)) close(); });
  input.addEventListener('blur', () => setTimeout(() => { if (!input.form.contains(document.activeElement)) close(); }, 150));
}

// The camera in the search box: chosen, made small here, sent, and on to what looks like it. Without scripts it leads to a page with a form.
const camera = $('a[data-photo]'), guideFile = $('.ask')?.dataset.guide;
if (camera && guideFile && 'createImageBitmap' in window) {
  const chooser = el('input', { type: 'file', accept: 'image/jpeg,image/png,image/webp', capture: 'environment', hidden: true, tabindex: '-1', 'aria-label': camera.title });
  camera.after(chooser);
  camera.setAttribute('role', 'button');
  const send = async (file) => {
    if (!file || camera.getAttribute('aria-busy')) return;
    camera.setAttribute('aria-busy', 'true');
    try {
      const data = await (await import(guideFile)).shrunk(file);
      const bytes = data ? new Blob([Uint8Array.from(atob(data.slice(data.indexOf(',') + 1)), (c) => c.charCodeAt(0))]) : file;
      const body = new FormData();
      body.append('photo', bytes, 'photo');
      const response = await fetch(camera.dataset.photo, { method: 'POST', body });
      if (response.redirected) location.assign(response.url);
      else toast($('[role=alert]', new DOMParser().parseFromString(await response.text(), 'text/html'))?.textContent ?? camera.title);
    } catch {
      location.assign(camera.href);
    } finally {
      camera.removeAttribute('aria-busy');
    }
  };
  chooser.addEventListener('change', () => { send(chooser.files[0]); chooser.value = ''; });
  const choose = (event) => { event.preventDefault(); chooser.click(); };
  camera.addEventListener('click', choose);
  camera.addEventListener('keydown', (event) => { if (event.key === ' ') choose(event); });
}

// The guide comes with its first use.
const button = $('.ask');
if (button) {
  let guide;
  const open = async (text) => {
    guide ??= import(button.dataset.guide);
    (await guide).open({ button, text, el, toast, showUnits, addToBasket });
  };
  button.hidden = false;
  button.addEventListener('click', () => open());
  for (const form of $$('form[data-guide-form]')) form.addEventListener('submit', (event) => { event.preventDefault(); const field = $('input', form); if (field.value.trim()) open(field.value.trim()), field.value = ''; });
  for (const ask of $$('button[data-guide-open]')) {
    ask.hidden = false;
    ask.addEventListener('click', () => open(ask.dataset.guideOpen || undefined));
  }
  for (const link of $$('a[data-guide-say]')) link.addEventListener('click', (event) => { if (event.metaKey || event.ctrlKey || event.shiftKey) return; event.preventDefault(); open(link.textContent.trim()); });
  // What the guide has to say unasked, and seldom, is asked for once the page is read; never where an order is placed, nor over the basket, which says itself what is missing.
  if (button.dataset.nudge && !/\/(basket|checkout)(\/|$)/.test(location.pathname)) setTimeout(() => import(button.dataset.nudge).then((m) => m.listen({ button, open, el, $ })).catch(() => {}), 5000);
  // Nothing stands over the button that places an order.
  if (sessionStorage.getItem('kindling.guide.open') && !/\/checkout(\/|$)/.test(location.pathname) && matchMedia('(min-width: 900px)').matches) open();
}
