// What every walk through the shop does with a page: looks at it (not wider than the screen, one h1, no axe finding, a picture on request) and hears its console.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const shots = process.env.SCREENSHOTS;  // a folder: one picture of every page
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

export const words = {
  en: { add: 'Add to basket', empty: 'There is nothing in it yet.', ask: 'a dress under 500', compare: 'compare the first two', wish: 'a dress, ideally linen', choose: 'Which should I choose?', asked: 'ideally', beaten: 'nowhere worse', nothing: 'Nothing', remember: ['remember that I never wear wool', 'remember that I like black'], thanks: 'Thank you' },
  zh: { add: '加入购物车', empty: '购物车还是空的', ask: '500元以内的连衣裙', compare: '比较一下前两个', wish: '连衣裙，最好是亚麻的', choose: '帮我选', asked: '最好', beaten: '各项都不差', nothing: '没有', remember: ['记住我不要羊毛', '记住我喜欢黑色'], thanks: '感谢您' },
};

export const looked = { checks: 0, accessibility: true };  // pages looked at, and whether axe judges them

/** Both languages, each on a phone and on a desk, in light and dark. */
export async function everyWay(walk) {
  const phone = { name: 'phone', viewport: { width: 390, height: 844 } }, desktop = { name: 'desktop', viewport: { width: 1440, height: 900 } };
  for (const way of [['en', desktop, 'light'], ['zh', phone, 'dark'], ['en', phone, 'light'], ['zh', desktop, 'dark']]) await walk(...way);
}

export async function look(page, name, { accessible = looked.accessibility } = {}) {
  await page.waitForLoadState('load');
  const wide = await page.evaluate(() => {
    if (document.documentElement.scrollWidth <= innerWidth) return '';
    const clipped = (e) => { for (let p = e.parentElement; p; p = p.parentElement) if (getComputedStyle(p).overflowX !== 'visible') return true; return false; };
    return [...document.querySelectorAll('body *')].filter((e) => e.getBoundingClientRect().right > innerWidth + 1 && !clipped(e)).slice(0, 4).map((e) => `${e.tagName}.${e.className}`).join(' ') || 'something';
  });
  assert.equal(wide, '', `${name}: wider than the screen`);
  assert.equal(await page.locator('h1').count(), 1, `${name}: one h1`);
  if (accessible) {
    await page.evaluate(axe);  // through the debugger, because the page's own policy lets no stranger's script run
    const { violations } = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice'] }));
    assert.deepEqual(violations.map((v) => `${name}: ${v.id}: ${v.help}: ${v.nodes.slice(0, 3).map((n) => `${n.target} ${n.any?.[0]?.message ?? ''}`).join(' | ')}`), []);
  }
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
  looked.checks += 1;
}

// The hostile product's picture is nowhere; everything else must load.
export function strict(page, name) {
  const problems = [];
  page.on('console', (m) => { if (['error', 'warning'].includes(m.type()) && !m.location().url.includes('pictures.invalid')) problems.push(`${name}: ${page.url()}: ${m.text()}`); });
  page.on('pageerror', (e) => problems.push(`${name}: ${page.url()}: ${e.message}`));
  return problems;
}

// A page that is not there, seen in a window of its own, for its answer of 404 is rightly noted in the console.
export async function lost(page, url, name) {
  const other = await page.context().newPage();
  try {
    await other.goto(url);
    await other.locator('[data-guide-open]').waitFor();
    await look(other, name);
  } finally {
    await other.close();
  }
}
