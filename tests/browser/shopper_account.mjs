// An account from opening to deleting: the guest's basket, an order that joins, addresses, another device, the guide, a new password.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { look, strict, words } from './shop_pages.mjs';

export async function account(browser, base, locale, device, colorScheme, { sku, order, kindling }) {
  const name = (page) => `${page}-${locale}-${device.name}-${colorScheme}`;
  const settings = { viewport: device.viewport, colorScheme, reducedMotion: 'reduce', locale: locale === 'zh' ? 'zh-CN' : 'en-US' };
  const context = await browser.newContext(settings);
  const page = await context.newPage();
  const problems = strict(page, name('account'));
  const refusedForms = () => problems.splice(0, problems.length, ...problems.filter((p) => !p.includes('422')));
  const login = `mei-${locale}-${device.name}@example.com`;
  const submit = (path) => page.locator(`form[action$="${path}"] button:not([type=button])`).click();

  await page.goto(`${base}/${locale}/account/reset`);
  await look(page, name('account-reset'));
  await context.request.post(`${base}/${locale}/basket/add`, { form: { sku, quantity: 1 } });
  await page.goto(`${base}/${locale}/account/sign-up`);
  await look(page, name('account-sign-up'));
  await page.fill('#login', login);
  await page.fill('#password', 'short');
  await page.fill('#name', 'Mei');
  await submit('/account/sign-up');
  await page.locator('.field .wrong').waitFor();
  assert.equal(await page.locator('#login').inputValue(), login, 'what was typed stays');
  await look(page, name('account-sign-up-refused'));
  refusedForms();
  await page.fill('#password', 'correct horse battery');
  await submit('/account/sign-up');
  await page.waitForURL(/\/account\?done=welcome/);
  assert.equal(await page.locator('[data-units]').innerText(), '1', "the guest's basket came along");
  assert.equal(await page.locator('.history li').count(), 0, 'no order came along');
  await look(page, name('account-empty'));

  await page.locator('details > summary').first().click();
  await page.fill('#order', order);
  await page.fill('#proof', 'eve@example.com');
  await submit('/account/attach');
  await page.locator('form .wrong.box').waitFor();
  refusedForms();
  await page.fill('#proof', 'li@example.com');
  await submit('/account/attach');
  await page.waitForURL(/done=attached/);
  assert.ok((await page.locator('.history .number').first().innerText()).includes(order));
  await look(page, name('account-orders'));
  await page.locator('.history a').first().click();
  await page.locator('.steps').waitFor();
  assert.ok(!page.url().includes('token='), "one's own order needs no proof");

  await page.goto(`${base}/${locale}/account/details`);
  await page.fill('#name', 'Mei Lin');
  await submit('/account/details');
  await page.waitForURL(/done=saved/);
  await page.fill('#receiver', 'Mei Lin');
  await submit('/account/address');
  await page.locator('.field .wrong').waitFor();
  assert.equal(await page.locator('#receiver').inputValue(), 'Mei Lin');
  refusedForms();
  await page.fill('#address', '8 Lantern Street');
  await page.fill('#city', 'Hangzhou');
  await submit('/account/address');
  await page.locator('.book li').waitFor();
  await page.locator('.book a').click();
  assert.equal(await page.locator('#address').inputValue(), '8 Lantern Street');
  await look(page, name('account-details'));

  await page.goto(`${base}/${locale}/account/privacy`);
  assert.equal(await page.locator('input[type=checkbox]:checked').count(), 0, 'nothing is agreed to that was not');
  await page.locator('input[name=email_marketing]').check();
  await submit('/account/privacy');
  await page.waitForURL(/done=saved/);
  assert.equal(await page.locator('input[type=checkbox]:checked').count(), 1);
  await look(page, name('account-privacy'));
  // What the guide remembers stands here item by item, and goes item by item; taking the consent back takes all of it.
  assert.ok((await page.locator('#remembered').innerText()).includes(words[locale].nothing), 'nothing is remembered without consent');
  await page.locator('input[name=memory]').check();
  await submit('/account/privacy');
  await page.waitForURL(/done=saved/);
  await page.locator('.ask').click();
  for (const said of words[locale].remember) {
    await page.locator('#guide-text').fill(said);
    await page.keyboard.press('Enter');
    await page.locator('.gme', { hasText: said }).waitFor();
    await page.locator('.gform.busy').waitFor({ state: 'detached' });
  }
  await page.goto(`${base}/${locale}/account/privacy`);
  if (await page.locator('.guide').isVisible()) await page.keyboard.press('Escape');
  const kept = page.locator('#remembered .kept li');
  assert.equal(await kept.count(), 2, await page.locator('#remembered').innerText());
  await look(page, name('account-remembered'));
  await kept.first().locator('button').click();
  await page.waitForURL(/done=forgotten/);
  assert.equal(await kept.count(), 1, 'one is forgotten, the other stays');
  await page.locator('input[name=memory]').uncheck();
  await submit('/account/privacy');
  await page.waitForURL(/done=saved/);
  assert.equal(await kept.count(), 0, 'what may not be remembered is not kept');
  const [download] = await Promise.all([page.waitForEvent('download'), submit('/account/export')]);
  const data = JSON.parse(readFileSync(await download.path(), 'utf8'));
  assert.ok(data.account[0].login === login && data.orders[0].order_id === order && data.addresses.length === 1, 'the file holds what is kept');

  // Another device: the same basket, and what was put into its own before.
  const other = await browser.newContext(settings);
  const second = await other.newPage();
  await second.goto(`${base}/${locale}/account`);
  await look(second, name('account-guest'));
  await second.fill('#login', login);
  await second.fill('#password', 'wrong horse battery');
  await second.locator('form[action$="/account/sign-in"] button').click();
  await second.locator('.wrong.box').waitFor();
  await look(second, name('account-sign-in-refused'));
  await second.fill('#password', 'correct horse battery');
  await second.locator('form[action$="/account/sign-in"] button').click();
  await second.waitForURL(/\/account$/);
  assert.equal(await second.locator('[data-units]').innerText(), '1', 'the basket is the same on every device');

  await page.goto(`${base}/${locale}/checkout`);
  assert.equal(await page.locator('#address').inputValue(), '8 Lantern Street', 'the address is filled in');
  assert.equal(await page.locator('#email').inputValue(), login);
  await look(page, name('account-checkout'));
  await page.locator('aside button').click();
  await page.locator('.thanks h1').waitFor();
  const own = (await page.locator('.number b').innerText()).trim();
  await second.goto(`${base}/${locale}/account`);
  assert.equal(await second.locator('.history li').count(), 2);
  assert.ok(await second.locator('[data-units]').isHidden(), 'what was ordered left the basket everywhere');

  await second.locator('.ask').click();
  await second.locator('#guide-text').fill(locale === 'zh' ? '我的订单到哪了？' : 'Where is my order?');
  await second.keyboard.press('Enter');
  await second.locator('.gbox').nth(1).waitFor();
  await second.locator('.gform.busy').waitFor({ state: 'detached' });
  const told = (await second.locator('.gbox').allInnerTexts()).join(' ');
  assert.ok(told.includes(own) && told.includes(order), 'the guide knows whose orders to tell of');
  await look(second, name('account-guide'));
  await second.keyboard.press('Escape');
  await second.locator('.guide').waitFor({ state: 'hidden' });
  await second.locator('form[action$="/account/sign-out"] button').click();
  await second.locator('#login').waitFor();
  assert.equal(await second.evaluate(() => sessionStorage.getItem('kindling.guide')), null, 'the talk is not left to the next');
  await second.goBack();
  await second.waitForLoadState('load');
  assert.equal(await second.locator('.history').count(), 0, 'the way back shows nothing');

  await page.goto(`${base}/${locale}/account/password`);
  await look(page, name('account-password'));
  await page.fill('#password', 'correct horse battery');
  await page.fill('#new_password', 'staple battery horse');
  await submit('/account/password');
  await page.waitForURL(/done=password/);

  // Staff make a code; whoever holds it sets a new password on a device that is not signed in.
  const { code } = JSON.parse(kindling('accounts', 'create_reset_code', '--login', login, '--json'));
  await second.goto(`${base}/${locale}/account/reset`);
  await second.fill('#login', login);
  await second.fill('#code', code.toLowerCase());
  await second.fill('#new_password', 'third horse battery');
  await second.locator('form[action$="/account/reset"] button').click();
  await second.locator('.good.box').waitFor();
  await look(second, name('account-reset-done'));
  await second.goto(`${base}/${locale}/account/sign-in`);
  await look(second, name('account-sign-in'));
  await second.fill('#login', login);
  await second.fill('#password', 'third horse battery');
  await second.locator('form[action$="/account/sign-in"] button').click();
  await second.locator('.history').waitFor();

  await second.goto(`${base}/${locale}/account/close`);
  await look(second, name('account-close'));
  await second.fill('#password', 'third horse battery');
  await second.locator('.grave').click();
  await second.locator('.wrong.box').waitFor();  // an order still needs its address
  for (const id of [own, order]) {
    await second.goto(`${base}/${locale}/order/${id}`);
    second.once('dialog', (dialog) => dialog.accept());
    await second.locator('form[data-sure] button').click();
    await second.locator('.state.off').waitFor();
  }
  await second.goto(`${base}/${locale}/account/close`);
  await second.fill('#password', 'third horse battery');
  await second.locator('.grave').click();
  await second.locator('.notice h1').waitFor();
  await look(second, name('account-closed'));
  await second.goto(`${base}/${locale}/account`);
  assert.equal(await second.locator('#login').count(), 1, 'nobody is signed in');
  assert.deepEqual(problems, []);
  await context.close();
  await other.close();
}
