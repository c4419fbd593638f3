// What the guide says unasked, in a real browser: a basket near a threshold is told once, beside the guide's button; waved away it stays away; taken up it opens the guide with the question.
// Nothing sleeps: that nothing is said is known from the server's answer to the page that asked.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { serve, stop } from './server.mjs';
import { everyWay, look, looked, strict } from './shop_pages.mjs';

const binary = process.env.KINDLING ?? new URL('../../build/release/bin/kindling', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'kindling-nudge-'));
const file = join(folder, 'request.json');
const call = (operation, request) => { writeFileSync(file, JSON.stringify(request)); return execFileSync(binary, ['--data', folder, ...operation.split('.'), '--input', file, '--quiet', '--json'], { stdio: ['ignore', 'pipe', 'pipe'] }).toString(); };

async function walk(browser, base, locale, device, colorScheme) {
  const zh = locale === 'zh', name = (at) => `nudge-${at}-${locale}-${device.name}-${colorScheme}`;
  const context = await browser.newContext({ viewport: device.viewport, colorScheme, reducedMotion: 'reduce', locale: zh ? 'zh-CN' : 'en-US' });
  const page = await context.newPage();
  const problems = strict(page, name('walk'));
  const said = async (path) => {
    const [answer] = await Promise.all([page.waitForResponse('**/guide/nudge', { timeout: 90_000 }), page.goto(`${base}/${locale}${path}`)]);
    assert.equal(answer.status(), 200);
    return answer.json();
  };
  assert.equal((await said('/p/lamp')).kind, 'none', 'who has nothing in the basket hears nothing');
  await page.locator('.act button').click();
  await page.locator('.toast a').waitFor();
  const told = await said('/');
  assert.equal(told.kind, 'basket_near');
  const box = page.locator('.nudge');
  await box.waitFor();
  assert.match(await box.innerText(), zh ? /每满300减30/ : /30 off for every 300/);
  assert.ok(await page.evaluate(() => document.activeElement === document.body), 'it takes no focus');
  await look(page, name('home'));
  if (device.name === 'phone') {
    await box.locator('.no').click();
    await box.waitFor({ state: 'detached' });
    assert.equal((await said('/p/lamp')).kind, 'none', 'waved away it keeps still');
    assert.equal(await box.count(), 0);
  } else {
    await box.locator('.button').click();
    await page.locator('.gme', { hasText: told.say }).waitFor();
    await page.locator('.gform.busy').waitFor({ state: 'detached' });
    assert.match(await page.locator('.gthem').last().innerText(), zh ? /每满300减30/ : /30 off for every 300/);
    await look(page, name('opened'));
  }
  assert.deepEqual(problems, []);
  await context.close();
}

let server, browser;
try {
  execFileSync(binary, ['--data', folder, 'demo', '--products', '40', '--customers', '20', '--months', '1', '--quiet'], { stdio: ['ignore', 'pipe', 'pipe'] });
  call('catalog.save_products', { products: [{ product_id: 'lamp', title_en: 'Oak lamp of the test', title_zh: '测试橡木灯', variants: [{ sku: 'TESTLAMP', price_minor: 25900, stock: 50 }] }] });
  let base;
  ({ server, base } = await serve(binary, folder));
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
  await everyWay((...way) => walk(browser, base, ...way));
  console.log(`nudge: ${looked.checks} pages, no console error, no axe finding`);
} finally {
  await browser?.close();
  await stop(server);
  rmSync(folder, { recursive: true, force: true });
}
