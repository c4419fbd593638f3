// The shopping guide's panel: what was said, cards, comparisons, questions with ready answers, the basket, an order's state.
// It only writes text, never markup; a conversation lives in this tab (sessionStorage) until it is closed or begun anew.
//
// Opened by store.js, on other sites by embed.js. `tools`: el, toast, showUnits, addToBasket(path, {sku, quantity}), button (its data: style, product, voiceScript,
// hears, voice, examples); on other sites also zh, root, ask(path, body), keepBasket(id).

let zh = document.documentElement.lang.startsWith('zh');
const t = (en, chinese) => (zh ? chinese : en);
const mostKept = 40;

let key = 'kindling.guide', tools, el, panel, log, field, form, understood, voice;
let state = { conversation_id: '', turns: [], understood: [] };
let busy = false;

const restore = () => {
  try {
    const kept = JSON.parse(sessionStorage.getItem(key));
    if (kept && Array.isArray(kept.turns)) state = kept;
  } catch { /* private windows keep nothing, and the guide works without */ }
};
const keep = () => {
  state.turns = state.turns.slice(-mostKept);
  try { sessionStorage.setItem(key, JSON.stringify(state)); } catch { /* as above */ }
};

// The number of an order or a request stays on one line, also on a phone.
const ids = (text) => String(text).split(/((?:ord|req)_\w{16,})/).map((s, i) => (i % 2 ? el('span', { class: 'gid' }, s) : s));

const stockWords = (stock) => ({ low: t('Only a few left', '库存不多'), out: t('Sold out', '已售罄') })[stock] ?? null;

// Without a picture the first letter, as no_picture (parts.cpp).
const picture = (c, side) => (c.picture ? el('img', { src: c.picture, alt: '', width: side, height: side, loading: 'lazy' }) : el('span', { class: 'letter', 'aria-hidden': 'true' }, el('b', {}, [...c.title.replace(/^[^\p{L}\p{N}]+/u, '')][0])));

function card(c) {
  const add = el('button', { class: 'quiet', type: 'button', disabled: c.stock === 'out', onclick: async (event) => {
    const pressed = event.currentTarget;
    if (pressed.getAttribute('aria-busy')) return;
    pressed.setAttribute('aria-busy', 'true');  // not disabled: that would take the focus away
    try {
      await tools.addToBasket(`/${zh ? 'zh' : 'en'}/basket/add`, { sku: c.sku, quantity: 1 });
    } catch {
      tools.toast(t('That did not work. Please try again.', '操作未成功，请再试一次。'));
    }
    pressed.removeAttribute('aria-busy');
  } }, c.stock === 'out' ? t('Sold out', '已售罄') : t('Add to basket', '加入购物车'));
  add.setAttribute('aria-label', `${add.textContent}: ${c.title}`);
  return el('article', { class: 'gcard' },
    el('a', { class: 'gpic', href: c.url, tabindex: '-1', 'aria-hidden': 'true' }, picture(c, 96)),
    el('div', { class: 'gwhat' },
      el('a', { href: c.url, class: 'gname', dir: 'auto' }, c.title),
      c.variant ? el('p', { class: 'gsoft', dir: 'auto' }, c.variant) : null,
      el('p', { class: 'gprice' }, c.price_text, c.reviews ? el('span', { class: 'gsoft' }, ` ★ ${Number(c.rating).toFixed(1)} (${c.reviews})`) : null),
      c.why?.length ? el('ul', { class: 'gwhy' }, ...c.why.map((w) => el('li', {}, w))) : null,
      c.misses?.length ? el('ul', { class: 'gmiss' }, ...c.misses.map((w) => el('li', {}, w))) : null,
      stockWords(c.stock) ? el('p', { class: 'gmiss' }, stockWords(c.stock)) : null,
      add));
}

function comparison(block) {
  const head = el('tr', {}, el('td', {}), ...block.cards.map((c) => el('th', { scope: 'col' }, el('a', { href: c.url }, picture(c, 72), el('span', { class: 'gname', dir: 'auto' }, c.title)))));
  const rows = block.rows.map((r) => el('tr', { class: r.differs ? 'differs' : '' }, el('th', { scope: 'row' }, r.label), ...r.values.map((v) => el('td', { dir: 'auto' }, v || '–'))));
  return el('div', { class: 'gscroll', tabindex: '0', role: 'region', 'aria-label': `${t('Comparison', '对比')}: ${block.cards.map((c) => c.title).join('; ')}` }, el('table', {}, el('thead', {}, head), el('tbody', {}, ...rows)));
}

const svg = (name, attributes) => { const node = document.createElementNS('http://www.w3.org/2000/svg', name); for (const [k, v] of Object.entries(attributes)) node.setAttribute(k, v); return node; };

function sign(path) {
  const root = svg('svg', { viewBox: '0 0 24 24', width: 20, height: 20, 'aria-hidden': 'true', class: 'gsign' });
  root.append(svg('path', { d: path }));
  return root;
}

// What a price has been: a step from change to change. The text above it states the lowest.
function priceLine(h) {
  const points = [...h.points, { from_ms: Date.now(), price_minor: h.price_minor }];
  if (points.length < 3) return null;
  const from = points[0].from_ms, span = Math.max(1, points.at(-1).from_ms - from), prices = points.map((p) => p.price_minor), low = Math.min(...prices), high = Math.max(...prices);
  const x = (ms) => 8 + (304 * (ms - from)) / span, y = (v) => (high > low ? 74 - (60 * (v - low)) / (high - low) : 44);
  const root = svg('svg', { viewBox: '0 0 320 96', class: 'gline', role: 'img', 'aria-label': t('Price over time', '价格走势') });
  root.append(svg('path', { d: points.map((p, i) => `${i ? `H${x(p.from_ms)}V` : `M${x(p.from_ms)} `}${y(p.price_minor)}`).join(''), class: 'gstep' }));
  const date = (ms) => new Date(ms).toLocaleDateString(zh ? 'zh-CN' : 'en-GB', { year: 'numeric', month: 'short', day: 'numeric' });
  for (const [text, attributes] of [[date(from), { x: 8, y: 92 }], [t('today', '今天'), { x: 312, y: 92, 'text-anchor': 'end' }]]) { const node = svg('text', attributes); node.textContent = text; root.append(node); }
  return root;
}

// What fits, weighed by what was asked for: drawn by a script of its own, which is only fetched where there is such a choice.
function choice(b) {
  const part = el('div');
  import(new URL(b.choice_script.split('/').at(-1), import.meta.url)).then((m) => part.replaceWith(m.choice(b, { el, t, zh, root: tools.root ?? document }) ?? ''), () => part.remove());
  return part;
}

function basket(b) {
  return el('div', { class: 'gbox' },
    el('ul', {}, ...b.lines.map((l) => el('li', {}, el('span', { dir: 'auto' }, `${l.title}${l.variant ? ` · ${l.variant}` : ''} × ${l.quantity}`)))),
    el('p', {}, el('b', {}, `${t('Total', '合计')} ${b.total_text}`)),
    b.lines.length ? el('a', { class: 'button', href: b.url }, t('See basket', '查看购物车')) : null);
}

const states = () => ({ placed: t('Placed', '待付款'), paid: t('Paid', '已付款'), shipped: t('Shipped', '已发货'), delivered: t('Delivered', '已送达'), cancelled: t('Cancelled', '已取消'), returned: t('Returned', '已退货'), partly_returned: t('Partly returned', '部分已退货') });
function order(o) {
  const row = (name, value) => (value ? el('p', {}, el('span', { class: 'gsoft' }, `${name} `), value) : null);
  return el('div', { class: 'gbox' }, el('p', {}, el('b', {}, ...ids(o.order_id)), ` · ${states()[o.status] ?? o.status}`), row(t('Ordered', '下单'), o.placed), row(t('Parcel', '物流单号'), o.tracking), row(t('Expected', '预计送达'), o.promised), row(t('Delivered', '送达'), o.delivered),
    el('ul', {}, ...o.items.map((i) => el('li', { dir: 'auto' }, i))));
}

function chips(list) {
  return el('p', { class: 'gchips' }, ...list.map((c) => el('button', { class: 'chip', type: 'button', onclick: () => say(c.text) }, c.label)));
}

function block(b) {
  const part = el('div', { class: 'gblock' });
  if (b.text) part.append(el('p', { class: 'gtext', dir: 'auto' }, ...ids(b.text)));
  if (b.prices) part.append(priceLine(b.prices) ?? '');
  if (b.choice_script) part.append(choice(b));
  if (b.kind === 'comparison' && b.cards?.length) part.append(comparison(b));
  else if (b.cards?.length) part.append(el('div', { class: 'gcards' }, ...b.cards.map(card)));
  if (b.bundle) part.append(el('p', { class: 'gbox gtotal' }, el('span', { class: 'gsoft' }, `${t('Together', '合计')} `), el('b', {}, b.bundle.total_text)));
  if (b.basket) part.append(basket(b.basket));
  if (b.order) part.append(order(b.order));
  if (b.chips?.length) part.append(chips(b.chips));
  return part;
}

function turn(entry) {
  if (entry.who === 'person') return el('div', { class: 'gthem' }, el('p', { class: 'gsoft gperson' }, t('Somebody from the shop', '店员')), el('p', { class: 'gtext', dir: 'auto' }, entry.text));
  return entry.who === 'me' ? el('div', { class: 'gme', dir: 'auto' }, entry.photo?.startsWith('data:image/') ? el('img', { class: 'gphoto', src: entry.photo, alt: t('Your photo', '您的照片') }) : entry.photo ? el('span', {}, t('(photo) ', '（照片）')) : null, ...ids(entry.text)) : el('div', { class: 'gthem' }, ...entry.blocks.map(block));
}

function showUnderstood() {
  understood.replaceChildren(...state.understood.map((u) => el('button', { class: 'chip on', type: 'button', onclick: () => say('', [u.id]) }, u.label, el('span', { 'aria-hidden': 'true' }, ' ×'), el('span', { class: 'hide' }, t(' (take away)', '（移除）')))));
  understood.hidden = !state.understood.length;
}

const greeting = () => ({ who: 'them', blocks: [{ kind: 'text', text: t('Tell me what you are looking for: the size, the budget, what it must not be. I answer from what this shop really sells.', '想买什么？告诉我尺寸、预算、不想要的都可以。我只根据本店真实商品来回答。'),
  chips: [...JSON.parse(tools.button.dataset.examples || '[]'), t('What sells best?', '什么卖得最好？'), t('Where is my order?', '我的订单到哪了？')].map((s) => ({ label: s, text: s })) }] });

const toEnd = (node) => node.scrollIntoView({ block: 'start', behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'auto' : 'smooth' });

// Reads server-sent events from an answer to a POST, which EventSource cannot make.
async function* events(response) {
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    text += value;
    for (let end; (end = text.indexOf('\n\n')) >= 0; text = text.slice(end + 2)) {
      const event = { name: 'message', data: '' };
      for (const line of text.slice(0, end).split('\n')) {
        if (line.startsWith('event: ')) event.name = line.slice(7);
        else if (line.startsWith('data: ')) event.data += line.slice(6);
      }
      yield { name: event.name, data: JSON.parse(event.data) };
    }
  }
}

const waiting = () => el('p', { class: 'gwait', 'aria-label': t('Looking', '正在查找') }, el('i'), el('i'), el('i'));

// The parts of one answer as they come: each has its place, words grow in theirs, what comes again replaces the old.
class Parts {
  constructor(root) {
    this.root = root;
    this.blocks = new Map();
    this.nodes = new Map();
  }
  place(at, node) {
    if (this.stale) this.root.replaceChildren(), this.nodes.clear(), this.stale = false;
    const old = this.nodes.get(at);
    this.nodes.set(at, node);
    if (old) return old.replaceWith(node);
    const next = [...this.nodes.keys()].filter((n) => n > at).sort((a, b) => a - b)[0];
    this.root.insertBefore(node, next === undefined ? null : this.nodes.get(next));
  }
  put(at, b) {
    this.place(at, block(b));
    this.blocks.set(at, b);
  }
  say(at, text, anew) {
    const said = this.blocks.get(at);
    if (!text) return this.place(at, waiting());
    if (anew || said?.kind !== 'text' || this.stale) this.put(at, { kind: 'text', text });
    else {
      said.text += text;
      this.nodes.get(at).querySelector('.gtext').append(text);
    }
  }
  // The old parts stay on screen until the first new one comes.
  again() {
    this.blocks = new Map();
    this.stale = true;
  }
  add(b) {
    this.put(Math.max(-1, ...this.nodes.keys()) + 1, b);
  }
  // Nothing is awaited any more.
  settle() {
    for (const [at, node] of this.nodes) if (!this.blocks.has(at)) node.remove();
    return [...this.blocks].sort(([a], [b]) => a - b).map(([, b]) => b);
  }
}

const post = (path, body, signal) => (tools.ask ? tools.ask(path, body, signal) : fetch(path, { method: 'POST', signal, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }));

// The guide's basket becomes this browser's. Its cookie is not for scripts: the server sets it.
async function keepBasket(id) {
  try {
    await (tools.keepBasket ? tools.keepBasket(id) : post('/guide/basket', { basket_id: id }));
  } catch { /* the basket is there; asking for it again in words will show it */ }
}

// What people of the shop have said since: asked when the panel opens, after a turn that needs a person, and while one is awaited and the page is looked at.
let listening;
async function hear() {
  clearTimeout(listening);
  if (!state.conversation_id || !panel?.open) return;
  try {
    const response = await post('/guide/news', { conversation_id: state.conversation_id, after_ms: state.heard_ms ?? 0 });
    if (!response.ok) return;
    const news = await response.json();
    for (const said of news.said) {
      if (said.at_ms <= (state.heard_ms ?? 0)) continue;
      state.heard_ms = said.at_ms;
      const entry = { who: 'person', text: said.text };
      state.turns.push(entry);
      const node = turn(entry);
      log.append(node);
      toEnd(node);
    }
    if (news.said.length) keep();
    if (news.status === 'handed_over' || news.status === 'with_person') listening = setTimeout(() => (document.hidden ? document.addEventListener('visibilitychange', hear, { once: true }) : hear()), 5000);
  } catch { /* not now; the next turn asks again */ }
}

// A photo, small, upright and nothing but pixels. What cannot be read here goes as it is, for the server to say why; null when that is too large.
export async function shrunk(file, side = 1024) {
  try {
    const bitmap = await createImageBitmap(file, { imageOrientation: 'from-image' });
    const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
    const canvas = Object.assign(document.createElement('canvas'), { width: Math.max(1, Math.round(bitmap.width * scale)), height: Math.max(1, Math.round(bitmap.height * scale)) });
    const context = canvas.getContext('2d');
    context.fillStyle = '#fff', context.fillRect(0, 0, canvas.width, canvas.height);
    context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
    bitmap.close();
    return canvas.toDataURL('image/jpeg', 0.88);
  } catch {
    if (file.size > 900_000) return null;
    return new Promise((done) => { const reader = new FileReader(); reader.onload = () => done(reader.result); reader.onerror = () => done(null); reader.readAsDataURL(file); });
  }
}

// Hands a photo in, with what was typed beside it. The panel keeps a small copy, in this tab only.
function photoButton() {
  const chooser = el('input', { type: 'file', accept: 'image/jpeg,image/png,image/webp', hidden: true, tabindex: '-1', 'aria-label': t('Send a photo', '发送照片'), onchange: async () => {
    const [file] = chooser.files;
    chooser.value = '';
    if (!file || busy) return;
    const data = await shrunk(file), small = data && (await shrunk(file, 128));
    const sorry = (message) => { const entry = { who: 'them', blocks: [{ kind: 'text', text: message }] }; state.turns.push(entry), keep(); const node = turn(entry); log.append(node), toEnd(node); };
    if (!data) return sorry(t('This picture is too large.', '图片过大。'));
    try {
      const response = await post('/guide/picture', { data: data.slice(data.indexOf(',') + 1), locale: zh ? 'zh' : 'en' });
      const answer = await response.json();
      if (!response.ok) return sorry(answer.error?.message ?? t('This picture cannot be read.', '无法读取这张图片。'));
      const text = field.value.trim();
      field.value = '';
      say(text, [], { id: answer.picture_id, small: small.length < 20000 ? small : '' });
    } catch {
      sorry(t('The guide cannot be reached right now. Please try again.', '暂时连接不上导购，请再试一次。'));
    }
  } });
  return [chooser, el('button', { class: 'gicon', type: 'button', title: t('Send a photo', '发送照片'), 'aria-label': t('Send a photo', '发送照片'), onclick: () => chooser.click() }, sign('M4 8h3.500L9 5.500h6L16.500 8H20v11H4zM12 9.500a3.500 3.500 0 1 0 0 7a3.500 3.500 0 0 0 0-7'))];
}

let asking, touched = false;
const idle = () => {
  busy = false;
  form.classList.remove('busy');
};

async function say(text, remove = [], photo = null) {
  if (busy || (!text && !remove.length && !photo)) return;
  busy = true, touched = false;
  form.classList.add('busy');
  let mine;
  if (text || photo) {
    const entry = { who: 'me', text, photo: photo ? photo.small || 'sent' : undefined };
    state.turns.push(entry);
    mine = turn(entry);
    log.append(mine);
  }
  const wait = waiting();
  const answer = el('div', { class: 'gthem' }, wait);
  log.append(answer);
  toEnd(mine ?? answer);
  const parts = new Parts(answer);
  let over = false, needsPerson = false;
  asking = new AbortController();  // starting anew, or leaving the page, ends what is still being written
  const { signal } = asking;
  try {
    const response = await post('/guide/ask', { locale: zh ? 'zh' : 'en', text, conversation_id: state.conversation_id, product_id: tools.button.dataset.product, remove, ...(photo ? { picture_id: photo.id } : {}) }, signal);
    if (!response.ok) throw new Error(`status ${response.status}`);
    for await (const { name, data } of events(response)) {
      if (signal.aborted) return;
      if (name === 'understood') {
        state.understood = data.understood;
        showUnderstood();
      } else if (name === 'block' || name === 'words') {
        wait.remove();
        if (name === 'block') parts.put(data.at, data.block);
        else parts.say(data.at, data.text, data.anew);
      } else if (name === 'again') parts.again();
      else if (name === 'basket') await keepBasket(data.basket_id);
      else if (name === 'done') {
        over = true;
        state.conversation_id = data.conversation_id;
        state.understood = data.understood;
        if (data.units != null) tools.showUnits(data.units);
        needsPerson = data.needs_person;
        if (data.needs_person) parts.add({ kind: 'text', text: t('Somebody from the shop will look at this.', '店员会尽快查看。') });
      } else if (name === 'error') {
        over = true;
        if (data.reason === 'conversation_not_found') state.conversation_id = '';
        parts.add({ kind: 'text', text: data.message });
      }
    }
    if (!over) throw new Error('cut off');
    if (!parts.blocks.size) parts.add({ kind: 'text', text: t('Done.', '好的。') });
  } catch {
    if (signal.aborted) return;
    parts.add({ kind: 'text', text: t('The guide cannot be reached right now. Please try again.', '暂时连接不上导购，请再试一次。') });
  }
  wait.remove();
  const blocks = parts.settle();
  state.turns.push({ who: 'them', blocks });
  keep();
  voice?.speak(blocks);
  if (needsPerson || state.heard_ms) hear();
  showUnderstood();
  if (!touched) toEnd(mine ?? answer);
  idle();
}

function close() {
  panel.close();
}

function begin() {
  const head = el('div', { class: 'ghead' }, el('h2', { id: 'guide-title' }, t('Shopping guide', '导购')), voice?.button,
    el('button', { class: 'gicon', type: 'button', title: t('Start anew', '重新开始'), 'aria-label': t('Start anew', '重新开始'), onclick: () => { asking?.abort(); voice?.end(); idle(); state = { conversation_id: '', turns: [], understood: [] }; keep(); log.replaceChildren(turn(greeting())); showUnderstood(); field.focus(); } }, '↺'),
    el('button', { class: 'gicon', type: 'button', title: t('Close', '关闭'), 'aria-label': t('Close', '关闭'), onclick: close }, '×'));
  log = el('div', { class: 'glog', onwheel: () => { touched = true; }, ontouchmove: () => { touched = true; }, role: 'log', 'aria-live': 'polite', 'aria-relevant': 'additions', tabindex: '0' });
  understood = el('div', { class: 'gunderstood', role: 'group', 'aria-label': t('Understood so far', '已理解的条件'), hidden: true });
  field = el('input', { id: 'guide-text', maxlength: '2000', autocomplete: 'off', enterkeyhint: 'send', placeholder: t('Ask anything', '想问什么都可以') });
  form = el('form', { class: 'gform', onsubmit: (event) => { event.preventDefault(); const text = field.value.trim(); if (text && !busy) field.value = '', say(text); } },
    el('label', { class: 'hide', for: 'guide-text' }, t('Your message', '输入消息')), field, ...photoButton(), voice?.mic, el('button', { class: 'button', 'aria-label': t('Send', '发送') }, '↑'));
  panel = el('dialog', { class: 'guide', 'aria-labelledby': 'guide-title' }, head, log, understood, voice?.note, form);
  panel.addEventListener('close', () => { voice?.end(); sessionStorage.removeItem(`${key}.open`); document.documentElement.classList.remove('guided'); tools.button.hidden = false; tools.button.focus(); });
  document.addEventListener('keydown', (event) => { if (event.key === 'Escape' && panel.open && !event.isComposing && (panel.contains((tools.root ?? document).activeElement) || document.activeElement === document.body)) close(); });
  (tools.root ?? document.body).append(panel);
  log.append(turn(greeting()), ...state.turns.map(turn));
  showUnderstood();
}

export async function open(given) {
  tools = given;
  el = given.el;
  if (!panel) {
    if (given.root) zh = given.zh, key = 'kindling.guide.embedded';
    restore();
    await new Promise((ready) => (given.root ?? document.head).append(el('link', { rel: 'stylesheet', href: tools.button.dataset.style, onload: ready, onerror: ready })));
    try {  // the guide works without
      voice = (await import(tools.button.dataset.voiceScript)).voiceOf({ el, t, zh, sign, post, hears: tools.button.dataset.hears === 'true', speaks: tools.button.dataset.voice, busy: () => busy, heard: (text) => say(text), blocks: () => state.turns.findLast((entry) => entry.blocks)?.blocks ?? greeting().blocks });
    } catch { voice = undefined; }
    begin();
  }
  if (!panel.open) {
    // A sheet over the whole phone keeps the page behind it still; beside a desktop page both stay usable.
    if (!given.fill && matchMedia('(max-width: 899px)').matches) panel.showModal(), document.documentElement.classList.add('guided');
    else panel.show();
    tools.button.hidden = true;
    sessionStorage.setItem(`${key}.open`, '1');
    log.scrollTop = log.scrollHeight;
    hear();
  }
  field.focus();
  if (given.text) say(given.text);
}
