// How goods are sent, chosen on the shop's own checkout: the ways follow the country, the sums follow the way, and what the page said is charged;
// with scripts and without, in both languages.
import assert from 'node:assert/strict';
import { look, strict } from './shop_pages.mjs';

export const ways = [
  { option_id: 'std', title_en: 'Standard', title_zh: '标准配送', countries: 'CN,JP', fee_minor: 800, free_from_minor: 100000, days_from: 2, days_to: 5 },
  { option_id: 'fast', title_en: 'Express', title_zh: '特快', countries: 'CN', fee_minor: 2000, days_from: 1, days_to: 1, position: 1 },
  { option_id: 'far', title_en: 'Abroad', title_zh: '国际配送', countries: '!CN,JP', fee_minor: 9000, position: 2 },
];
export const kettle = { product_id: 'way-kettle', title_en: 'Kettle for the road', title_zh: '旅行水壶', variants: [{ sku: 'WAY-KETTLE', price_minor: 5000 }] };

async function toCheckout(page, base, locale) {
  await page.goto(`${base}/${locale}/p/way-kettle`);
  await page.locator('.act button').click();
  await page.waitForFunction(() => location.pathname.endsWith('/basket') || document.querySelector('.toast a'));
  await page.goto(`${base}/${locale}/checkout`);
}

async function fill(page) {
  await page.fill('#name', 'Li Wei');
  await page.fill('#address', '1 Harbour Road');
  await page.fill('#email', 'li@example.com');
}

const amounts = (page) => page.locator('.sums').innerText();

async function withScripts(browser, base, locale, viewport) {
  const context = await browser.newContext({ viewport, reducedMotion: 'reduce', locale: locale === 'zh' ? 'zh-CN' : 'en-US' });
  const page = await context.newPage();
  const problems = strict(page, `sending-${locale}`);
  await toCheckout(page, base, locale);
  assert.equal(await page.locator('.choice:has([name=shipping]):visible').count(), 3, 'no country yet: every way is shown');
  await page.selectOption('#country', 'CN');
  assert.equal(await page.locator('.choice:has([name=shipping]):visible').count(), 2);
  assert.match(await amounts(page), /58\.00/);
  await page.locator('[name=shipping][value=fast]').check();
  assert.match(await amounts(page), /20\.00[^]*70\.00/, 'the sums follow the way');
  await look(page, `sending-${locale}`);
  await page.selectOption('#country', 'DE');
  assert.equal(await page.locator('[name=shipping]:checked').inputValue(), 'far', 'the way follows the country');
  assert.match(await amounts(page), /90\.00[^]*140\.00/);
  await page.selectOption('#country', 'CN');
  await page.locator('[name=shipping][value=fast]').check();
  await fill(page);
  await page.locator('aside button').click();
  await page.locator('.thanks h1').waitFor();
  const order = await page.locator('main').innerText();
  assert.match(order, /70\.00/, 'what the page said is charged');
  assert.match(order, locale === 'zh' ? /预计送达/ : /Expected by/, 'a way with days has its day');
  assert.deepEqual(problems, []);
  await context.close();
}

async function withoutScripts(browser, base) {
  const context = await browser.newContext({ javaScriptEnabled: false, locale: 'en-US' });
  const page = await context.newPage();
  await toCheckout(page, base, 'en');
  await fill(page);
  await page.locator('aside button').click();
  await page.locator('.field:has(#country) .wrong').waitFor();
  await page.selectOption('#country', 'DE');
  await page.locator('[name=shipping][value=fast]').check();
  await page.locator('aside button').click();
  await page.locator('fieldset .wrong').first().waitFor();
  assert.match(await page.locator('[data-ways]').innerText(), /does not go to that country/);
  await page.locator('[name=shipping][value=far]').check();
  await page.locator('aside button').click();
  await page.locator('.thanks h1').waitFor();
  assert.match(await page.locator('main').innerText(), /140\.00/);
  await context.close();
}

export async function sending(browser, base) {
  await withScripts(browser, base, 'en', { width: 1280, height: 900 });
  await withScripts(browser, base, 'zh', { width: 390, height: 844 });
  await withoutScripts(browser, base);
}
