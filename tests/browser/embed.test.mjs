// The guide on another site's page, in a real browser: the script tag, the component that fills its place, a frame, and a site that is not allowed.
// Both languages, desktop and phone. The page's own style must not reach in, what is put into the basket must be there at the checkout, nothing is
// wider than the screen, axe finds nothing, and the console stays silent. The script and all it loads are at most 20 KB as sent. Nothing sleeps.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { chromium } from 'playwright-core';
import { serve } from './server.mjs';

const binary = process.env.KINDLING ?? new URL('../../build/release/bin/kindling', import.meta.url).pathname;
const shots = process.env.SCREENSHOTS;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'kindling-embed-'));
const kindling = (...args) => execFileSync(binary, ['--data', folder, ...args, '--quiet'], { stdio: ['ignore', 'pipe', 'pipe'] }).toString();

// The other site: a page of its own with loud style, which the guide must not take on.
const pages = {};
const site = createServer((request, response) => {
  const page = pages[request.url];
  response.writeHead(page ? 200 : 204, { 'content-type': 'text/html; charset=utf-8' });
  response.end(page);
});
const listen = (server) => new Promise((done) => server.listen(0, '127.0.0.1', () => done(`http://127.0.0.1:${server.address().port}`)));

const loud = '<style>* { color: red !important; font-size: 40px !important; } button { display: none !important; } p { background: lime; }</style>';
const words = { en: { ask: 'a dress under 500', add: 'Add to basket', out: 'Check out', button: 'Ask the guide' }, zh: { ask: '500元以内的连衣裙', add: '加入购物车', out: '去结算', button: '问导购' } };
let checks = 0;
const step = async (name, run) => { await run(); checks += 1; console.log(`ok      ${name}`); };

const server = await (async () => {
  kindling('demo', '--products', '120', '--customers', '60', '--months', '2');
  const origin = await listen(site);
  const file = join(folder, 'settings.json');
  writeFileSync(file, JSON.stringify({ changes: [{ name: 'embed_origins', value: `${origin} https://www.example.com` }] }));
  kindling('settings', 'update', '--input', file);
  return { ...(await serve(binary, folder)), origin };
})();
const stop = () => new Promise((done) => { server.server.once('exit', done); server.server.kill('SIGTERM'); });
const stranger = createServer((_, response) => { response.writeHead(200, { 'content-type': 'text/html' }); response.end(pages['/']); });
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
try {
  const { base, origin } = server;
  pages['/'] = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>A magazine</title>${loud}<h1>A magazine</h1><script src="${base}/embed/kindling.js" data-accent="#0a5fb4" async></script></html>`;
  pages['/zh'] = pages['/'].replace('lang="en"', 'lang="zh-CN"').replace('data-accent="#0a5fb4"', 'data-theme="dark"');
  pages['/fill'] = `<!doctype html><html lang="zh-CN"><meta charset="utf-8"><title>A page</title><style>main { height: 600px; }</style><h1>A page</h1><main><kindling-guide fill language="zh"></kindling-guide></main><script src="${base}/embed/kindling.js" async></script></html>`;
  pages['/frame'] = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Framed</title><h1>Framed</h1><iframe title="Guide" src="${base}/embed/guide?language=en" width="420" height="600"></iframe></html>`;

  await step('the script and what it loads are at most 20 KB', async () => {
    const script = await (await fetch(`${base}/embed/kindling.js`)).text();
    let bytes = gzipSync(script).length;
    for (const [path] of script.matchAll(/\/static\/[\w.]+/g)) bytes += gzipSync(Buffer.from(await (await fetch(base + path)).arrayBuffer())).length;
    assert.ok(bytes < 20_000, `${bytes} bytes`);
    console.log(`        ${bytes} bytes compressed`);
  });
  for (const [locale, phone] of [['en', false], ['zh', true]]) {
    const w = words[locale], name = `${locale}${phone ? ' phone' : ''}`;
    const context = await browser.newContext({ viewport: phone ? { width: 390, height: 844 } : { width: 1280, height: 860 }, locale: locale === 'zh' ? 'zh-CN' : 'en' });
    const page = await context.newPage();
    const problems = [];
    page.on('console', (m) => { if (['error', 'warning'].includes(m.type()) && !m.location().url.endsWith('/favicon.ico')) problems.push(m.text()); });
    page.on('pageerror', (e) => problems.push(e.message));
    await step(`${name}: the guide answers on another site's page`, async () => {
      await page.goto(locale === 'zh' ? `${origin}/zh` : origin);
      await page.locator('kindling-guide').getByRole('button', { name: w.button }).click();
      const field = page.locator('kindling-guide #guide-text');
      await field.fill(w.ask);
      await field.press('Enter');
      await page.locator('kindling-guide .gcard').first().waitFor();
      const style = await page.locator('kindling-guide .gname').first().evaluate((e) => ({ size: getComputedStyle(e).fontSize, color: getComputedStyle(e).color }));
      assert.ok(parseFloat(style.size) < 20 && style.color !== 'rgb(255, 0, 0)', `the page's style reached in: ${JSON.stringify(style)}`);
      assert.ok((await page.locator('kindling-guide .gname').first().getAttribute('href')).startsWith(`${base}/${locale}/p/`));
      await page.locator('kindling-guide .gpic img').first().evaluate((e) => e.complete ? e.naturalWidth : new Promise((done) => { e.onload = done; }));
      await page.evaluate(axe);
      const { violations } = await page.evaluate(() => globalThis.axe.run(document.querySelector('kindling-guide'), { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa'] }));
      assert.deepEqual(violations.map((v) => `${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => `${n.target} ${n.any?.[0]?.message ?? ''}`).join(' | ')}`), []);
      assert.equal(await page.evaluate(() => document.documentElement.scrollWidth > innerWidth), false, 'wider than the screen');
      if (shots) await page.screenshot({ path: join(shots, `embed-${locale}.png`) });
    });
    await step(`${name}: what is put into the basket is there at the checkout`, async () => {
      await page.locator('kindling-guide .gcard').getByRole('button', { name: new RegExp(`^${w.add}`) }).first().click();
      const out = page.locator('kindling-guide .toast a', { hasText: w.out });
      const [shop] = await Promise.all([context.waitForEvent('page'), out.click()]);
      await shop.waitForLoadState();
      assert.match(shop.url(), new RegExp(`^${base}/${locale}/checkout`));
      await shop.locator('form').first().waitFor();
      assert.deepEqual(await page.evaluate(() => document.cookie), '');
      await shop.close();
    });
    await step(`${name}: the talk goes on after the page was loaded again`, async () => {
      await page.reload();
      await page.locator('kindling-guide').getByRole('button', { name: w.button }).click();
      await page.locator('kindling-guide .gme', { hasText: w.ask }).waitFor();
      await page.keyboard.press('Escape');
      await page.locator('kindling-guide dialog').waitFor({ state: 'hidden' });
    });
    assert.deepEqual(problems, []);
    await context.close();
  }
  await step('the component fills its place', async () => {
    const page = await browser.newPage();
    await page.goto(`${origin}/fill`);
    await page.locator('kindling-guide #guide-text').waitFor();
    const box = await page.locator('kindling-guide dialog').boundingBox(), main = await page.locator('main').boundingBox();
    assert.ok(Math.abs(box.width - main.width) < 2 && Math.abs(box.height - main.height) < 2, JSON.stringify([box, main]));
    assert.equal(await page.locator('kindling-guide').count(), 1, 'no button beside it');
    if (shots) await page.screenshot({ path: join(shots, 'embed-fill.png') });
    await page.close();
  });
  await step('a frame shows the guide on an allowed site', async () => {
    const page = await browser.newPage();
    await page.goto(`${origin}/frame`);
    const frame = page.frameLocator('iframe');
    await frame.locator('#guide-text').fill('a gift under 200');
    await frame.locator('#guide-text').press('Enter');
    await frame.locator('.gcard, .gchips').nth(1).waitFor();
    await page.close();
  });
  await step('a site that is not allowed gets neither', async () => {
    const other = await listen(stranger);
    const page = await browser.newPage();
    await page.goto(other);
    await page.locator('kindling-guide').getByRole('button', { name: words.en.button }).click();
    await page.locator('kindling-guide #guide-text').fill('hello');
    await page.locator('kindling-guide #guide-text').press('Enter');
    await page.locator('kindling-guide .gtext', { hasText: 'cannot be reached' }).waitFor();
    pages['/'] = pages['/frame'];
    const refused = new Promise((done) => page.on('console', (m) => /frame-ancestors|frame/i.test(m.text()) && done(m.text())));
    await page.goto(other);
    await refused;
    await page.close();
  });
  await step('a program gets the whole answer as JSON, and a wrong visitor by its field', async () => {
    const post = async (body) => { const r = await fetch(`${base}/embed/ask`, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json' }, body: JSON.stringify(body) }); return { status: r.status, ...(await r.json()) }; };
    const answer = await post({ visitor: `vis_${'a'.repeat(24)}`, locale: 'zh', text: words.zh.ask });
    assert.equal(answer.status, 200);
    assert.ok(answer.messages.some((m) => m.cards?.some((c) => c.url.startsWith(base) && c.price_text)));
    const wrong = await post({ visitor: 'me', text: 'x' });
    assert.equal(wrong.status, 400);
    assert.equal(wrong.error.fields[0].path, '/visitor');
  });
  await step('whoever an experiment shows no guide sees none here either: script, component, frame and program', async () => {
    await stop();
    const file = join(folder, 'experiment.json');
    writeFileSync(file, JSON.stringify({ experiment: { experiment_id: 'no-guide', title_en: 'Without the guide', holds_out: 'guide', metric: 'basket', arms: [{ arm_id: 'without', share: 1000000 }, { arm_id: 'with', share: 0.001 }] } }));
    kindling('experiments', 'start', '--input', file);
    Object.assign(server, await serve(binary, folder));
    for (const path of ['/', '/fill', '/frame']) pages[path] = { '/': pages['/zh'], '/fill': pages['/fill'], '/frame': pages['/frame'] }[path].replaceAll(base, server.base);
    for (const path of ['/', '/fill', '/frame']) {
      const context = await browser.newContext(), page = await context.newPage();
      const told = page.waitForResponse((r) => r.url().endsWith('/embed/visit') && r.request().method() === 'POST');
      await page.goto(origin + path);
      assert.equal((await (await told).json()).guide, false);
      const of = path === '/frame' ? page.frameLocator('iframe') : page;
      await of.locator('kindling-guide').waitFor({ state: 'hidden' });
      assert.equal(await of.locator('kindling-guide button').count(), 0, path);
      await context.close();
    }
    const asked = await fetch(`${server.base}/embed/ask`, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/json' }, body: JSON.stringify({ visitor: `vis_${'b'.repeat(24)}`, text: 'hello' }) });
    assert.equal((await asked.json()).error.reason, 'guide_held_out');
  });
  console.log(`${checks} checks of the embedded guide passed`);
} finally {
  await browser.close();
  await stop();
  site.close(), stranger.close();
  rmSync(folder, { recursive: true, force: true });
}
