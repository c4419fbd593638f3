// A person in a browser from a vague wish to a paid order and a return: by the guide's panel, in both languages, on a demo shop and on the imported Amazon products
// (KINDLING_DATA/amazon-products-24k; left out with a word when it is not there). Chinese on a phone, English at a desk; the shop's part (sending, agreeing) by its API.
// Nothing sleeps: every step waits for what it needs.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { serve, stop } from './server.mjs';

const binary = process.env.KINDLING ?? new URL('../../build/release/bin/kindling', import.meta.url).pathname;
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const shots = process.env.SCREENSHOTS;  // a folder: one picture of every step
const said = {
  en: { add: 'add the first one to my basket', back: (order) => `I want to return order ${order}`, where: (order) => `where is order ${order}` },
  zh: { add: '把第一个加入购物车', back: (order) => `我要退货，订单${order}`, where: (order) => `订单${order}到哪了` },
};
const wishes = { demo: { en: 'I need something to drink my coffee from at work', zh: '想给办公室买个喝水的杯子，别太贵' }, amazon: { en: 'a gift for a friend who plays the guitar', zh: '想给孩子买个玩具，别太贵' } };

// The guide's panel: what is typed, and what it answered with.
function talkOf(page) {
  const idle = () => page.locator('.gform.busy').waitFor({ state: 'detached' });
  const last = page.locator('.gthem').last();
  const say = async (text) => {
    const before = await page.locator('.gthem').count();
    await page.locator('#guide-text').fill(text);
    await page.keyboard.press('Enter');
    await page.waitForFunction((n) => document.querySelectorAll('.gthem').length > n, before);
    await idle();
  };
  const press = async (chip) => {
    const before = await page.locator('.gthem').count();
    await chip.click();
    await page.waitForFunction((n) => document.querySelectorAll('.gthem').length > n, before);
    await idle();
  };
  return { say, press, last, chips: last.locator('.gchips .chip'), cards: last.locator('.gcard'), open: async () => { await page.locator('.ask').click(); await page.locator('#guide-text').waitFor(); await idle(); } };
}

async function journey(browser, base, call, kind, locale) {
  const where = `${kind} ${locale}`, phone = locale === 'zh';
  const context = await browser.newContext({ viewport: phone ? { width: 360, height: 740 } : { width: 1280, height: 900 }, colorScheme: phone ? 'light' : 'dark', reducedMotion: 'reduce', locale: phone ? 'zh-CN' : 'en-US' });
  const page = await context.newPage(), talk = talkOf(page), problems = [];
  page.on('pageerror', (e) => problems.push(`${where}: ${e.message}`));
  const fits = async (step) => {
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${where}: ${step} is wider than the screen`);
    if (shots) await page.screenshot({ path: join(shots, `journey-${kind}-${locale}-${step}.png`) });
  };
  await page.goto(`${base}/${locale}/`);
  await talk.open();
  await talk.say(wishes[kind][locale]);
  for (let i = 0; i < 3 && (await talk.cards.count()) === 0; i++) await talk.press(talk.chips.first());
  assert.ok((await talk.cards.count()) > 0, `${where}: the wish leads to goods: ${await talk.last.innerText()}`);
  await fits('wish');
  await talk.say(said[locale].add);
  for (let i = 0; i < 2 && (await page.locator('[data-units]').innerText()) !== '1'; i++) await talk.press(talk.chips.first());  // which colour, which size
  assert.equal(await page.locator('[data-units]').innerText(), '1', `${where}: it is in the basket: ${await talk.last.innerText()}`);
  await fits('basket');

  await page.keyboard.press('Escape');
  await page.goto(`${base}/${locale}/checkout`);
  const fields = { name: 'Lin Wei', email: 'lin@example.com', phone: '13800001234', address: '1 Harbour Road', city: 'Town', postcode: '100000' };
  for (const [field, value] of Object.entries(fields)) if (await page.locator(`#${field}`).count()) await page.fill(`#${field}`, value);
  if (await page.locator('select#country').count()) await page.selectOption('#country', kind === 'demo' ? 'CN' : 'US');
  await page.locator('input[name=payment][value=test]').check({ force: true });
  await fits('checkout');
  await page.locator('aside button').click();
  await page.locator('.thanks h1').waitFor();
  const number = page.locator('.number b'), order = (await number.innerText()).trim();
  assert.equal((await number.evaluate((e) => e.getClientRects().length)), 1, `${where}: the number of the order stays on one line`);
  await fits('order');
  const read = () => call('orders.get_order', { order_id: order });
  assert.equal((await read()).status, 'paid', `${where}: the order is paid`);
  for (const status of ['shipped', 'delivered']) await call('orders.move_order', { order_id: order, status });

  await page.goto(`${base}/${locale}/`);
  await talk.open();
  await talk.say(said[locale].back(order));
  for (const line of await page.locator('.gid').all()) assert.equal(await line.evaluate((e) => e.getClientRects().length), 1, `${where}: an order's number is not broken in the talk`);
  await talk.say('1234');  // the phone's last four digits
  await fits('return');
  for (let i = 0; i < 6 && (await talk.chips.count()) > 0; i++) await talk.press(talk.chips.first());  // why, and yes: the first answer of each question
  const { requests } = await call('orders.list_return_requests', { status: 'requested' });
  const mine = requests.filter((r) => r.order_id === order);
  assert.equal(mine.length, 1, `${where}: the return is asked for in the talk: ${await talk.last.innerText()}`);
  await fits('requested');
  await call('orders.decide_return', { request_id: mine[0].request_id, accept: true, answer: 'Please send it back.' });
  const { returns } = await call('orders.list_returns', { order_id: order });
  assert.ok(returns.length === 1 && returns[0].refund_minor > 0 && returns[0].refund_minor === (await read()).subtotal_minor, `${where}: the money is given back: ${JSON.stringify(returns)}`);
  let refunds = await call('orders.list_refunds', { order_id: order });
  for (let i = 0; i < 50 && refunds.due_minor > 0; i++) { await page.waitForTimeout(200); refunds = await call('orders.list_refunds', { order_id: order }); }
  assert.ok(refunds.refunded_minor === returns[0].refund_minor && (await read()).status === 'returned', `${where}: the refund went through the payment: ${JSON.stringify(refunds)}`);
  await talk.say(said[locale].where(order));
  assert.ok((await talk.last.locator('.gbox b').innerText()).includes(order), `${where}: the talk still knows the order`);
  assert.match(await talk.last.innerText(), /was refunded|退还/, `${where}: and where its money is`);
  await fits('state');
  assert.deepEqual(problems, []);
  await context.close();
}

const folders = [];
let server, browser;
try {
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking'] });
  const amazon = join(process.env.KINDLING_DATA ?? '', 'amazon-products-24k/products.vespa.jsonl.gz');
  const kinds = { demo: ['demo', '--products', '150', '--customers', '60', '--months', '2'], ...(process.env.KINDLING_DATA && existsSync(amazon) ? { amazon: ['import', '--mapping', 'amazon-products', amazon] } : {}) };
  if (!kinds.amazon) console.log('without the Amazon products: KINDLING_DATA does not hold amazon-products-24k');
  for (const [kind, make] of Object.entries(kinds)) {
    const folder = mkdtempSync(join(tmpdir(), `kindling-journey-${kind}-`));
    folders.push(folder);
    const kindling = (...args) => execFileSync(binary, ['--data', folder, ...args], { stdio: ['ignore', 'pipe', 'pipe'] }).toString();
    kindling(...make, '--quiet');
    const { secret } = JSON.parse(kindling('keys', 'create', '--name', 'journey', '--role', 'owner', '--json'));
    let base;
    ({ server, base } = await serve(binary, folder));
    const call = async (operation, body) => {
      const answer = await fetch(`${base}/v1/${operation.replace('.', '/')}`, { method: 'POST', headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${secret}` }, body: JSON.stringify(body) });
      const read = await answer.json();
      assert.equal(answer.status, 200, `${operation}: ${JSON.stringify(read)}`);
      return read;
    };
    await call('settings.update', { changes: [{ name: 'test_payment', value: '1' }, { name: 'guide_nudges_per_day', value: '0' }] });
    for (const locale of ['en', 'zh']) await journey(browser, base, call, kind, locale);
    await stop(server);
  }
  console.log(`journey: from a vague wish to a paid order and a return in two languages on ${Object.keys(kinds).join(' and ')}`);
} finally {
  await browser?.close();
  await stop(server);
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
}
