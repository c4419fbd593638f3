// Walks the shop as shoppers do, in a real browser against the real binary and a small demo shop: both languages, phone and
// desktop, light and dark, with scripts and without. Any console error, any page wider than the screen and any axe finding fails.
// Nothing sleeps: every step waits for what it needs.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { serve, stop } from './server.mjs';
import { look, looked, lost, strict, words } from './shop_pages.mjs';
import { kettle, sending, ways } from './sending.mjs';
import { account } from './shopper_account.mjs';

const binary = process.env.KINDLING ?? new URL('../../build/release/bin/kindling', import.meta.url).pathname;
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const folder = mkdtempSync(join(tmpdir(), 'kindling-storefront-'));
const hostile = `<script>globalThis.broken=1</script><img src=x onerror="globalThis.broken=1">"'>&amp; \u202Egnp ${'W'.repeat(300)}`;

const kindling = (...args) => execFileSync(binary, ['--data', folder, ...args, '--quiet'], { stdio: ['ignore', 'pipe', 'pipe'] }).toString();

async function walk(browser, base, locale, device, colorScheme) {
  const w = words[locale];
  const name = (page) => `${page}-${locale}-${device.name}-${colorScheme}`;
  const context = await browser.newContext({ viewport: device.viewport, colorScheme, reducedMotion: 'reduce', locale: locale === 'zh' ? 'zh-CN' : 'en-US' });
  const page = await context.newPage();
  const problems = strict(page, name('walk'));

  await page.goto(`${base}/`);
  assert.equal(new URL(page.url()).pathname, `/${locale}/`, 'the root follows the browser');
  assert.ok((await page.locator('.rail .card').count()) > 5, 'the home page shows products');
  await look(page, name('home'));

  await page.locator('.tiles a').first().click();
  await page.waitForURL(/\/c\//);
  const total = async () => Number((await page.locator('.total').innerText()).match(/\d+/)[0]);
  const all = await total();
  assert.equal(await page.locator('.found .card').count(), Math.min(all, 24), 'as many cards as said');
  await look(page, name('category'));
  if (device.name === 'phone') await page.locator('.drawer > summary').click();
  const facet = page.locator('.facet li a').first();
  const promised = Number(await facet.locator('.n').innerText());
  await facet.click();
  await page.waitForURL(/f\./);
  assert.equal(await total(), promised, 'a facet keeps its word');
  assert.ok(promised <= all);
  await look(page, name('facet'));

  await page.locator('.found .card .cover').first().click();
  await page.waitForURL(/\/p\//);
  await look(page, name('product'));
  const data = await page.locator('script[type="application/ld+json"]').allTextContents();
  const product = data.map((t) => JSON.parse(t)).find((d) => d['@type'] === 'Product');
  assert.ok(product.offers.length >= 1 && product.offers[0].priceCurrency === 'CNY' && product.name.length > 0, 'JSON-LD names offers');
  const other = locale === 'zh' ? 'en' : 'zh';
  const here = new URL(page.url());
  assert.equal(await page.locator(`link[hreflang="${other}"]`).getAttribute('href'), `${base}/${other}${here.pathname.slice(3)}`);

  const options = page.locator('.option:not(.gone) input');
  if ((await options.count()) > 0) await options.last().check();
  const sku = await page.locator('input[name=sku]:checked, input[name=sku][type=hidden]').first().inputValue();
  await page.locator('.act button').click();
  await page.locator('.toast a').waitFor();
  assert.equal(await page.locator('[data-units]').innerText(), '1', 'the basket counts');
  await page.locator('.toast a').click();
  await page.waitForURL(/\/basket$/);
  assert.equal(await page.locator('.lines .line').count(), 1);
  await look(page, name('basket'));
  await page.locator('a[href$="/checkout"]').click();
  await page.waitForURL(/\/checkout$/);
  await look(page, name('checkout'));
  await page.fill('#name', 'Li Wei');
  await page.locator('aside button').click();
  await page.locator('.field .wrong').first().waitFor();
  assert.equal(await page.locator('#name').inputValue(), 'Li Wei', 'what was typed stays');
  problems.splice(0, problems.length, ...problems.filter((p) => !p.includes('422')));  // the refused form itself
  await page.fill('#address', '1 Harbour Road');
  await page.fill('#email', 'li@example.com');
  await page.locator('aside button').click();
  await page.locator('.thanks h1').waitFor();
  assert.ok((await page.locator('.thanks h1').innerText()).includes(w.thanks));
  await look(page, name('order'));
  const order = (await page.locator('.number b').innerText()).trim();
  await page.goto(`${base}/${locale}/basket`);
  assert.ok((await page.locator('.empty').innerText()).includes(w.empty), 'an ordered basket is gone');

  await page.goto(`${base}/${locale}/account`);
  await look(page, name('account'));
  await page.fill('#order', order);
  await page.fill('#proof', 'LI@example.com');
  await page.locator('form[action$="/account"] button').click();
  await page.waitForURL(/grant=/);
  assert.equal((await page.locator('.number b').innerText()).trim(), order);
  assert.equal((await context.request.get(`${base}/${locale}/order/${order}?grant=9999999999999.abc`)).status(), 422, 'a made-up grant opens nothing');

  await page.goto(`${base}/${locale}/`);
  await page.locator('#q').pressSequentially(locale === 'zh' ? '杯' : 'mug');
  await page.locator('.suggest a').first().waitFor();
  await page.keyboard.press('ArrowDown');
  assert.equal(await page.locator('.suggest a[aria-selected=true]').count(), 1);
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/search\?q=/);
  assert.ok((await total()) > 0, 'the search finds');
  await look(page, name('search'));

  // Who asks the search for an order is shown the way to the guide.
  await page.goto(`${base}/${locale}/search?q=${encodeURIComponent(locale === 'zh' ? '我的订单到哪了' : 'where is my order')}`);
  await page.locator('[data-intent=support]').waitFor();
  assert.equal(await page.locator('[data-guide-open]:visible').count(), 1, 'one button leads to the guide');
  await look(page, name('support'));
  await page.goto(`${base}/${locale}/search?q=zzqxv`);
  assert.equal(await page.locator('.filters, .sorts').count(), 0, 'nothing to filter or to sort when nothing was found');
  assert.ok((await page.locator('main .card').count()) > 3, 'what others like is offered instead');
  await look(page, name('nothing'));
  await page.locator('[data-guide-open]').click();
  await page.locator('.gme', { hasText: 'zzqxv' }).waitFor();  // the guide was asked what the search could not find
  await page.locator('.gform.busy').waitFor({ state: 'detached' });
  await page.keyboard.press('Escape');
  await page.locator('.guide').waitFor({ state: 'hidden' });
  await page.goto(`${base}/${locale}/policy/returns`);
  assert.equal(await page.locator('.prose .crumbs').count(), 0, 'breadcrumbs are no prose');
  assert.ok((await page.locator('.prose p > b').count()) > 0, 'questions stand out from their answers');
  await look(page, name('policy'));
  await lost(page, `${base}/${locale}/p/nothing`, name('lost'));

  await page.goto(`${base}/${locale}/search?q=${locale === 'zh' ? '杯' : 'mug'}`);
  await page.locator('.ask').click();
  await page.locator('#guide-text').fill(w.ask);
  await page.keyboard.press('Enter');
  await page.locator('.gcard').first().waitFor();
  await page.locator('.form.busy, .gform.busy').waitFor({ state: 'detached' });
  for (const price of await page.locator('.gcard .gprice').allInnerTexts()) assert.ok(Number(price.replaceAll(',', '').match(/\d+(\.\d+)?/)[0]) <= 500, `${price} is within the budget`);
  await page.locator('#guide-text').fill(w.compare);
  await page.keyboard.press('Enter');
  await page.locator('.gscroll table').waitFor();
  await page.locator('.gform.busy').waitFor({ state: 'detached' });
  await look(page, name('guide'));
  // Choosing among what fits: drawn by what was asked for, gone through by arrow keys and by touch, what is beaten says by which.
  for (const said of [w.wish, w.choose]) {
    await page.locator('#guide-text').fill(said);
    await page.keyboard.press('Enter');
    await page.locator('.gme', { hasText: said }).waitFor();
    await page.locator('.gform.busy').waitFor({ state: 'detached' });
  }
  const dots = page.locator('.gdots'), about = page.locator('.gabout a');
  await dots.waitFor();  // its script comes after the turn is over
  assert.ok((await page.locator('.gaxes select').first().locator('option').allInnerTexts()).some((label) => label.includes(w.asked)), 'what was asked for is an axis');
  const seen = new Set();
  await dots.focus();
  await page.keyboard.press('Home');
  for (let i = 0; i < 3; i++) seen.add(await about.innerText()), await page.keyboard.press('ArrowRight');
  assert.ok(seen.size > 1, 'arrow keys go from one product to the next');
  const box = await dots.boundingBox();
  await dots.click({ position: { x: box.width - 4, y: 4 } });
  assert.equal(await dots.locator('[aria-selected=true]').count(), 1);
  await page.locator('.gwhynot summary').click();
  assert.ok((await page.locator('.gwhynot li p').first().innerText()).includes(w.beaten), 'what is beaten says why');
  await look(page, name('choice'));
  await page.locator('.gcard button:enabled').first().click();
  await page.waitForFunction(() => document.querySelector('[data-units]').textContent === '1');
  await page.keyboard.press('Escape');
  await page.locator('.guide').waitFor({ state: 'hidden' });
  await page.reload();
  await page.locator('.ask').click();
  await page.locator('.gscroll table').first().waitFor();  // the conversation came back
  assert.deepEqual(problems, []);
  await context.close();
  await account(browser, base, locale, device, colorScheme, { sku, order, kindling });
  return sku;
}

async function withoutScripts(browser, base) {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-US' });
  const page = await context.newPage();
  await page.goto(`${base}/en/search?q=mug`);
  await page.locator('.found .card .cover').first().click();
  assert.equal(await page.locator('.ask:visible').count(), 0, 'no button that cannot work');
  await page.locator('.act button').click();
  await page.waitForURL(/\/basket$/);
  await page.locator('.edit input[name=quantity]').first().fill('2');
  await page.locator('.edit button').first().click();
  assert.equal(await page.locator('.edit input[name=quantity]').first().inputValue(), '2');
  await page.goto(`${base}/en/checkout`);
  await page.fill('#name', 'A');
  await page.fill('#address', 'B');
  await page.fill('#phone', '13800000000');
  await page.locator('aside button').click();
  await page.waitForURL(/\/order\//);
  assert.equal(await page.locator('h1').count(), 1);
  await page.goto(`${base}/en/account/sign-up`);
  await page.fill('#login', '+86 137 0000 9999');
  await page.fill('#password', 'no scripts at all');
  await page.locator('form[action$="/account/sign-up"] button').click();
  await page.waitForURL(/done=welcome/);
  await page.locator('form[action$="/account/sign-out"] button').click();
  assert.equal(await page.locator('#login').count(), 1);
  await context.close();
}

async function hostileTexts(browser, base) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: 'en-US' });
  const page = await context.newPage();
  const problems = strict(page, 'hostile');
  for (const path of ['/en/p/hostile', '/zh/p/hostile', '/en/c/hostile', `/en/search?q=${encodeURIComponent(hostile)}`, `/zh/search?q=${encodeURIComponent('"><script>globalThis.broken=1</script>')}`]) {
    await page.goto(base + path);
    await page.waitForLoadState('load');
    assert.equal(await page.evaluate(() => globalThis.broken), undefined, `${path} ran a stranger's script`);
    await look(page, `hostile-${path.replace(/\W+/g, '-').slice(0, 40)}`, { accessible: false });
  }
  await page.goto(`${base}/en/p/hostile`);
  assert.ok((await page.locator('.digest').textContent()).includes('<img src=x'), 'a quote of a review is text');
  assert.ok((await page.locator('h1').innerText()).includes('<script>'), 'shown as it is written');
  assert.deepEqual(problems, []);
  await context.close();
}

async function answersOfTheServer(base) {
  const get = (path, options = {}) => fetch(base + path, { redirect: 'manual', ...options });
  assert.equal((await get('/en/p/nothing')).status, 404);
  assert.equal((await get('/nowhere')).status, 404);
  assert.equal((await get('/v1/nowhere')).status, 404);
  const home = await get('/', { headers: { 'accept-language': 'zh-CN,zh;q=0.9' } });
  assert.equal(home.headers.get('location'), '/zh/');
  const page = await get('/en/');
  const policy = page.headers.get('content-security-policy');
  assert.ok(policy.includes("script-src 'self'") && !policy.includes('unsafe'), policy);
  const forged = await get('/en/basket/add', { method: 'POST', headers: { origin: 'http://evil.test', 'content-type': 'application/x-www-form-urlencoded' }, body: 'sku=x' });
  assert.equal(forged.status, 403, 'a form from elsewhere changes nothing');
  const text = await page.text();
  const bytes = async (path) => (await (await get(path, { headers: { 'accept-encoding': 'gzip' } })).arrayBuffer()).byteLength;
  for (const [kind, most] of [['js', 60_000], ['css', 20_000]]) {
    // fetch unpacks, so this is the size before compression: an upper bound.
    const files = [...text.matchAll(new RegExp(`/static/[a-z]+\\.[0-9a-f]+\\.${kind}`, 'g'))].map((m) => m[0]);
    const sizes = await Promise.all([...new Set(files)].map(bytes));
    assert.ok(sizes.length > 0 && sizes.reduce((a, b) => a + b) < (kind === 'css' ? 4 : 1) * most, `${kind}: ${sizes}`);
  }
  const map = await (await get('/sitemap.xml')).text();
  assert.ok(map.includes('<loc>') && map.includes('/zh/p/'));
  assert.ok((await (await get('/robots.txt')).text()).includes('Sitemap: http'));
}

let server, browser;
try {
  kindling('demo', '--products', '120', '--customers', '300', '--months', '3');
  const request = join(folder, 'hostile.json');
  writeFileSync(request, JSON.stringify({ changes: [{ name: 'guide_nudges_per_day', value: '0' }] }));  // what is said unasked has a walk of its own
  kindling('settings', 'update', '--input', request);
  writeFileSync(request, JSON.stringify({ categories: [{ category_id: 'hostile', name_en: hostile.slice(0, 180), name_zh: hostile.slice(0, 180) }] }));
  kindling('catalog', 'save_categories', '--input', request);
  writeFileSync(request, JSON.stringify({ products: [{ product_id: 'hostile', title_en: hostile, title_zh: hostile, description_en: hostile, description_zh: `· ${hostile}`, category_id: 'hostile', brand: hostile.slice(0, 190),
    attributes: [{ name: 'a"b<c', text_en: hostile, text_zh: hostile }], variants: [{ sku: '"><script>', title_en: hostile.slice(0, 250), title_zh: hostile.slice(0, 250), price_minor: 100 }, { sku: 'b', title_en: 'b', price_minor: 200 }], pictures: [{ url: 'https://pictures.invalid/"onerror="x', alt_en: hostile.slice(0, 400) }] }] }));
  try {
    kindling('catalog', 'save_products', '--input', request);
  } catch {
    // An address like that is refused before it is stored: so much the better, and the texts go in without it.
    const plain = JSON.parse(readFileSync(request, 'utf8'));
    plain.products[0].pictures = [], plain.products[0].attributes[0].name = 'odd';
    writeFileSync(request, JSON.stringify(plain));
    kindling('catalog', 'save_products', '--input', request);
  }
  writeFileSync(request, JSON.stringify({ reviews: [1, 2].map((n) => ({ review_id: `hostile${n}`, product_id: 'hostile', rating: 4, body: `Strong bass<img src=x onerror="globalThis.broken=1"> ${n}`, language: 'en' })) }));
  kindling('reviews', 'save', '--input', request);
  let base;
  ({ server, base } = await serve(binary, folder));
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking'] });
  await answersOfTheServer(base);
  const phone = { name: 'phone', viewport: { width: 390, height: 844 } }, desktop = { name: 'desktop', viewport: { width: 1280, height: 900 } };
  // What axe judges stands in the templates, the layout and the colours: the first two walks have each of them once.
  for (const [locale, device, scheme, judged] of [['zh', phone, 'light', true], ['en', desktop, 'dark', true], ['en', phone, 'dark', false], ['zh', desktop, 'light', false]]) {
    looked.accessibility = judged;
    await walk(browser, base, locale, device, scheme);
  }
  await withoutScripts(browser, base);
  await hostileTexts(browser, base);
  await stop(server);
  writeFileSync(request, JSON.stringify({ products: [kettle] }));
  kindling('catalog', 'save_products', '--input', request);
  writeFileSync(request, JSON.stringify({ options: ways }));
  kindling('shipping', 'save_options', '--input', request);
  ({ server, base } = await serve(binary, folder));
  await sending(browser, base);
  await stop(server);
  // Lists were shown to people in their order, and what was clicked stood somewhere in them.
  writeFileSync(request, JSON.stringify({ table: 'events', where: [{ column: 'channel', value: 'web' }], group_by: [{ column: 'kind' }], measures: [{ kind: 'count' }], limit: 50 }));
  const counts = Object.fromEntries(JSON.parse(kindling('facts', 'query', '--input', request, '--json')).rows);
  assert.ok(counts.impression > 24 && counts.search > 0 && counts.click > 0 && counts.view >= counts.click, `what visitors did is on record: ${JSON.stringify(counts)}`);
  console.log(`storefront: ${looked.checks} pages looked at in two languages, phone and desktop, light and dark`);
} finally {
  await browser?.close();
  await stop(server);
  rmSync(folder, { recursive: true, force: true });
}
