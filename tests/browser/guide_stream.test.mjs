// The guide's panel while an answer is being made, in a real browser against the real binary: with a language model that writes only when
// this test lets it, the cards must be on screen before its first word, its words must grow sentence by sentence, an untrue one must never
// appear, and leaving must end the model's call. Chinese and English, phone and desktop. Nothing sleeps.
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { serve, stop } from './server.mjs';

const binary = process.env.KINDLING ?? new URL('../../build/release/bin/kindling', import.meta.url).pathname;
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
const shots = process.env.SCREENSHOTS;
const folder = mkdtempSync(join(tmpdir(), 'kindling-guide-stream-'));
const kindling = (...args) => execFileSync(binary, ['--data', folder, ...args, '--quiet'], { stdio: ['ignore', 'pipe', 'pipe'] }).toString();
const input = (operation, value) => {
  const file = join(folder, 'input.json');
  writeFileSync(file, JSON.stringify(value));
  return kindling(...operation.split('.'), '--input', file);
};

// The model: each request is handed to whoever awaits it, who writes its tokens.
const waiting = [];
const arrived = [];
const next = () => (arrived.length ? Promise.resolve(arrived.shift()) : new Promise((resolve, reject) => {
  const late = setTimeout(() => reject(new Error('the model was not asked')), 30_000);
  waiting.push((asked) => { clearTimeout(late); resolve(asked); });
}));
let trying = false;
const model = createServer((request, response) => {
  let body = '';
  request.on('data', (chunk) => { body += chunk; });
  request.on('end', () => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    response.flushHeaders();
    const gone = new Promise((resolve) => response.on('close', resolve));
    const send = (data) => response.write(`data: ${data}\n\n`);
    const asked = {
      body: JSON.parse(body), gone,
      say: (content) => send(JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: null }] })),
      call: (name, args) => send(JSON.stringify({ choices: [{ index: 0, delta: { tool_calls: [{ index: 0, id: 'c', type: 'function', function: { name, arguments: JSON.stringify(args) } }] }, finish_reason: null }] })),
      finish: (reason = 'stop') => { send(JSON.stringify({ choices: [{ index: 0, delta: {}, finish_reason: reason }] })); response.end('data: [DONE]\n\n'); },
    };
    if (trying) {  // on the regression set, which it must do better than the built-in guide
      asked.say(body.includes('网店导购') ? '清晨杯售价¥59.00。' : 'The Morning mug costs CN¥59.00.');
      asked.finish();
      return;
    }
    waiting.length ? waiting.shift()(asked) : arrived.push(asked);
  });
});

const words = {
  en: { ask: 'a mug', first: 'Both are mugs of this shop.', second: ' Have a look at them.', lie: 'Today everything is half price with free shipping!', odd: 'something quiet for grandpa', wish: 'stoneware', shown: 'That one is of stoneware.', built: 'mug', basket: 'add the first one to the basket', anew: 'Start anew' },
  zh: { ask: '想买杯子', first: '这两款都是本店的杯子。', second: '您可以先看看。', lie: '今天全场五折包邮！', odd: '安静一点的东西', wish: '炻器', shown: '这一款是炻器的。', built: '杯', basket: '第一个加入购物车', anew: '重新开始' },
};

const left = (asked) => Promise.race([asked.gone, new Promise((_, reject) => setTimeout(() => reject(new Error('the model was still asked')), 30_000).unref())]);

async function walk(browser, base, locale, device) {
  const w = words[locale];
  const name = (what) => `guide-stream-${what}-${locale}-${device.name}`;
  const context = await browser.newContext({ viewport: device.viewport, reducedMotion: 'reduce', locale: locale === 'zh' ? 'zh-CN' : 'en-US' });
  const page = await context.newPage();
  const problems = [];
  page.on('console', (m) => { if (['error', 'warning'].includes(m.type())) problems.push(`${name('page')}: ${m.text()}`); });
  page.on('pageerror', (e) => problems.push(e.message));
  // Equal requests are answered from a cache, so every one is said in its own way.
  const say = async (text) => {
    await page.locator('#guide-text').fill(text + '!'.repeat(++spoken));
    await page.keyboard.press('Enter');
  };
  const answer = page.locator('.gthem').last();
  const shot = (what) => (shots ? page.screenshot({ path: join(shots, `${name(what)}.png`) }) : undefined);
  const idle = () => page.locator('.gform.busy').waitFor({ state: 'detached' });

  await page.goto(`${base}/${locale}/`);
  await page.locator('.ask').click();
  await say(w.ask);
  let asked = await next();
  // The model has not written a word: cards and limits are there, its place is kept, the turn goes on.
  await answer.locator('.gcard').first().waitFor();
  assert.equal(await answer.locator('.gcard').count(), 2);
  assert.ok(await page.locator('.gunderstood .chip').count(), 'what was understood is there before the end');
  assert.equal(await answer.locator('.gtext').count(), 0);
  assert.equal(await answer.locator('.gwait').count(), 1);
  assert.equal(await page.locator('.gform.busy').count(), 1);
  await shot('cards');
  asked.say(w.first + w.second.slice(0, 4));
  await answer.locator('.gtext', { hasText: w.first }).waitFor();
  assert.equal((await answer.locator('.gtext').innerText()).trim(), w.first, 'half a sentence is not shown');
  assert.equal(await page.locator('.gform.busy').count(), 1, 'the turn goes on');
  await shot('words');
  asked.say(w.second.slice(4));
  asked.finish();
  await idle();
  assert.ok((await answer.locator('.gtext').innerText()).includes(w.second.trim()));
  assert.ok(await answer.evaluate((n) => n.querySelector('.gtext').compareDocumentPosition(n.querySelector('.gcards')) & Node.DOCUMENT_POSITION_FOLLOWING), 'the words stand over the cards');

  // An untrue sentence never appears; the guide's own words stand in the end.
  await say(w.ask);
  asked = await next();
  asked.say(`${w.first} ${w.lie} `);
  asked.finish();
  await idle();
  const stood = await answer.locator('.gtext').innerText();
  assert.ok(!stood.includes(w.lie) && !stood.includes(w.first) && stood.toLowerCase().includes(w.built), stood);

  // A plan: the cards change only for what the guide has checked.
  await page.locator(`[title="${w.anew}"]`).click();
  await say(w.odd);
  asked = await next();
  await answer.locator('.gcard').first().waitFor();
  asked.call('guide_show', { wish: w.wish, skus: [] });
  asked.finish('tool_calls');
  asked = await next();
  await page.waitForFunction(() => [...document.querySelectorAll('.gthem')].at(-1).querySelectorAll('.gcard').length === 1);
  asked.say(w.shown);
  asked.finish();
  await idle();
  assert.ok((await answer.locator('.gtext').innerText()).includes(w.shown));
  await shot('plan');

  // The basket that the guide makes is this browser's before it is shown.
  await say(w.basket);
  await answer.locator('.gbox a.button').waitFor();
  await answer.locator('.gbox a.button').click();
  await page.waitForURL(/\/basket$/);
  assert.equal(await page.locator('.lines .line').count(), 1);

  // Starting anew ends what the model is still writing.
  if (device.name === 'phone') await page.locator('.ask').click();  // beside a desktop page the panel stays open
  await page.locator('.guide').waitFor();
  await say(w.ask);
  asked = await next();
  await answer.locator('.gcard').first().waitFor();
  await page.locator(`[title="${w.anew}"]`).click();
  await left(asked);
  await idle();
  // So does leaving the page.
  await say(w.ask);
  asked = await next();
  await answer.locator('.gcard').first().waitFor();
  await page.goto('about:blank');
  await left(asked);
  assert.deepEqual(problems, []);
  await context.close();
}

let server, browser, spoken = 0;
try {
  await new Promise((resolve) => model.listen(0, '127.0.0.1', resolve));
  input('catalog.save_categories', { categories: [{ category_id: 'mugs', name_en: 'Mugs', name_zh: '杯子' }] });
  input('catalog.save_attributes', { attributes: [{ name: 'material', name_en: 'Material', name_zh: '材质' }] });
  const product = (id, en, zh, material) => ({ product_id: id, title_en: en, title_zh: zh, category_id: 'mugs', attributes: [{ name: 'material', text_en: material[0], text_zh: material[1] }], variants: [{ sku: id.toUpperCase(), price_minor: 5900, stock: 3 }] });
  input('catalog.save_products', { products: [product('p1', 'Morning mug', '清晨杯', ['Stoneware', '炻器']), product('p2', 'Evening mug', '傍晚杯', ['Glass', '玻璃'])] });
  input('settings.update', { changes: [{ name: 'language_model_url', value: `http://127.0.0.1:${model.address().port}/v1` }, { name: 'language_model_name', value: 'm' }] });
  let base;
  trying = true;
  writeFileSync(join(folder, 'switch.json'), JSON.stringify({ on: true }));
  await new Promise((resolve, reject) => {  // beside this process, which is the endpoint
    const one = spawn(binary, ['--data', folder, 'dialogue', 'switch_model', '--input', join(folder, 'switch.json'), '--quiet'], { stdio: ['ignore', 'ignore', 'inherit'] });
    one.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`the model was not switched on: ${code}`))));
  });
  trying = false;
  ({ server, base } = await serve(binary, folder));
  browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-background-networking'] });
  const phone = { name: 'phone', viewport: { width: 390, height: 844 } }, desktop = { name: 'desktop', viewport: { width: 1440, height: 900 } };
  for (const [locale, device] of [['zh', phone], ['en', desktop], ['en', phone], ['zh', desktop]]) await walk(browser, base, locale, device);
  console.log('guide: first events before the end, words as they come, in two languages, phone and desktop');
} finally {
  await browser?.close();
  await stop(server);
  model.closeAllConnections();
  model.close();
  rmSync(folder, { recursive: true, force: true });
}
