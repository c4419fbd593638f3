// Search by a photo in a real browser: the camera in the search box, the guide's panel, the page without scripts, files that are none. Both languages, phone and desktop,
// light and dark. The photo is a product's picture as a phone would have it: another size, another format, a part cut off. Nothing sleeps.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { serve } from './server.mjs';
import { everyWay } from './shop_pages.mjs';

const binary = process.env.KINDLING ?? new URL('../../build/release/bin/kindling', import.meta.url).pathname;
const shots = process.env.SCREENSHOTS;
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'kindling-photo-'));
const kindling = (...args) => execFileSync(binary, ['--data', folder, ...args, '--quiet'], { stdio: ['ignore', 'pipe', 'pipe'] }).toString();

let checks = 0;
async function look(page, name) {
  await page.waitForLoadState('load');
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name}: wider than the screen`);
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }));
  assert.deepEqual(violations.map((v) => `${name}: ${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => n.target).join(' | ')}`), []);
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`) });
  checks += 1;
}

// A product's picture, smaller, a tenth of two sides cut off, packed as JPEG or WebP.
async function photo_of(page, address, type) {
  const data = await page.evaluate(async ([url, format]) => {
    const image = new Image();
    image.src = url;
    await image.decode();
    const canvas = Object.assign(document.createElement('canvas'), { width: 432, height: 432 });
    canvas.getContext('2d').drawImage(image, 0, 0, 480, 480);
    return canvas.toDataURL(format, 0.7);
  }, [address, type]);
  return { name: 'IMG_0001', mimeType: type, buffer: Buffer.from(data.slice(data.indexOf(',') + 1), 'base64') };
}
const product_of = (href) => new URL(href, 'http://x').pathname.split('/').pop();
const choose = async (page, button, file) => {
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), button.click()]);
  await chooser.setFiles(file);
};

async function walk(browser, base, locale, device, colorScheme) {
  const zh = locale === 'zh', name = (at) => `photo-${at}-${locale}-${device.name}-${colorScheme}`;
  const context = await browser.newContext({ viewport: device.viewport, colorScheme, reducedMotion: 'reduce', locale: zh ? 'zh-CN' : 'en-US', isMobile: device.name === 'phone' });
  const page = await context.newPage();
  const problems = [];
  page.on('console', (m) => { if (['error', 'warning'].includes(m.type())) problems.push(`${name('walk')}: ${page.url()}: ${m.text()}`); });
  page.on('pageerror', (e) => problems.push(`${name('walk')}: ${page.url()}: ${e.message}`));

  await page.goto(`${base}/${locale}/search?sort=newest`);
  const card = page.locator('.found .card').nth(device.name === 'phone' ? 2 : 5);
  const product = product_of(await card.locator('a').first().getAttribute('href'));
  const photo = await photo_of(page, await card.locator('img').first().getAttribute('src'), zh ? 'image/webp' : 'image/jpeg');
  await look(page, name('before'));

  const camera = page.getByRole('button', { name: zh ? '以图搜图' : 'Search by photo' });
  await choose(page, camera, photo);
  await page.waitForURL(/\/search\?photo=pic_/);
  const found = await page.locator('.found .card').evaluateAll((cards) => cards.slice(0, 5).map((c) => c.querySelector('a').getAttribute('href')));
  assert.ok(found.map(product_of).includes(product), `${name('results')}: ${product} is among ${found.map(product_of)}`);
  await look(page, name('results'));

  // Filters hold beside it, and it can be taken away.
  const total = async () => Number((await page.locator('.total').innerText()).match(/\d+/)[0]);
  const all = await total();
  if (device.name === 'phone') await page.locator('.drawer > summary').click();
  await page.locator('.range #max').fill('300');
  await page.locator('.range button').click();
  await page.waitForURL(/photo=pic_.*max=300|max=300.*photo=pic_/);
  assert.ok((await total()) <= all, 'a limit limits');
  await page.locator('.chips a.on').first().click();
  await page.waitForURL((url) => !url.search.includes('photo='));

  // In the talk: the photo, then a limit in words.
  await page.locator('.ask').click();
  const guide = page.locator('dialog.guide');
  await guide.locator('.gform').waitFor();
  const them = guide.locator('.gthem');
  const said = await them.count();
  await choose(page, guide.getByRole('button', { name: zh ? '发送照片' : 'Send a photo' }), photo);
  await guide.locator('.gme img.gphoto').waitFor();
  await them.nth(said).locator('.gcard').first().waitFor();
  await guide.locator('.gunderstood .chip', { hasText: zh ? '与照片相似' : 'Like your photo' }).waitFor();
  const shown = await them.nth(said).locator('.gcard .gname').evaluateAll((links) => links.map((a) => a.getAttribute('href')));
  assert.ok(shown.map(product_of).includes(product), `${name('guide')}: ${product} is among ${shown.map(product_of)}`);
  await guide.locator('.gform:not(.busy)').waitFor();
  await guide.locator('#guide-text').fill(zh ? '类似这样的，但要在1000元以内' : 'like this but under 1000');
  await guide.locator('#guide-text').press('Enter');
  await them.nth(said + 1).locator('.gcard').first().waitFor();
  await guide.locator('.gform:not(.busy)').waitFor();
  assert.equal(await guide.locator('.gunderstood .chip').count(), 2, 'the photo and the limit are in force');
  await look(page, name('guide'));
  await guide.locator('.gunderstood .chip', { hasText: zh ? '与照片相似' : 'Like your photo' }).click();
  await them.nth(said + 2).locator('.gblock').first().waitFor();
  await guide.locator('.gform:not(.busy)').waitFor();
  assert.equal(await guide.locator('.gunderstood .chip').count(), 1, 'the photo is taken back');
  assert.deepEqual(problems, []);
  await context.close();

  // What is no picture is said to be none; in a page of its own, for an answer of 400 is rightly noted in the console.
  const bad = await browser.newContext({ viewport: device.viewport, colorScheme, locale: zh ? 'zh-CN' : 'en-US' });
  const other = await bad.newPage();
  await other.goto(`${base}/${locale}/`);
  await choose(other, other.getByRole('button', { name: zh ? '以图搜图' : 'Search by photo' }), { name: 'notes.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('these are no pixels') });
  await other.locator('.toast', { hasText: zh ? '不是 JPEG' : 'no JPEG' }).waitFor();
  await bad.close();

  // Without scripts the camera leads to a page.
  const plain = await browser.newContext({ viewport: device.viewport, colorScheme, javaScriptEnabled: false, locale: zh ? 'zh-CN' : 'en-US' });
  const still = await plain.newPage();
  await still.goto(`${base}/${locale}/`);
  await still.locator('.search .cam').click();
  await still.waitForURL(`**/${locale}/photo`);
  await still.locator('#photo').setInputFiles(photo);
  if (shots) await still.screenshot({ path: join(shots, `${name('form')}.png`) });
  await still.locator('.photoform button').click();
  await still.waitForURL(/\/search\?photo=pic_/);
  assert.ok((await still.locator('.found .card').count()) > 0);
  await still.goto(`${base}/${locale}/photo`);
  await still.locator('#photo').setInputFiles({ name: 'cut.jpg', mimeType: 'image/jpeg', buffer: photo.mimeType === 'image/jpeg' ? photo.buffer.subarray(0, photo.buffer.length / 2) : Buffer.from('RIFF\u0010\0\0\0WEBPVP8 ') });
  await still.locator('.photoform button').click();
  await still.locator('[role=alert]', { hasText: zh ? '已损坏' : 'damaged' }).waitFor();
  await still.goto(`${base}/${locale}/search?photo=pic_long_forgotten`);
  await still.locator('[role=alert]', { hasText: zh ? '不再保留' : 'no longer held' }).waitFor();
  await plain.close();
}

kindling('demo', '--products', '120', '--customers', '60', '--months', '1');
const state = JSON.parse(kindling('pictures', 'index', '--json'));
if (!state.drawings) {
  console.log('skipped: librsvg is not here, so the demo shop\'s drawings cannot be found by a photo');
  rmSync(folder, { recursive: true, force: true });
  process.exit(0);
}
assert.equal(state.unread, 0);
const { server, base } = await serve(binary, folder);
let browser;
try {
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  await everyWay((...way) => walk(browser, base, ...way));
  console.log(`photo: ${checks} pages, no console error, no axe finding`);
} finally {
  await browser?.close();
  server.kill('SIGTERM');
  await new Promise((done) => (server.exitCode !== null ? done() : server.once('exit', done)));
  rmSync(folder, { recursive: true, force: true });
}
