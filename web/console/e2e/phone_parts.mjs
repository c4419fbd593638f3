// Parts of the walk on a phone.
import assert from 'node:assert/strict'

/** The same console in a pocket: the rail as a drawer, rows as cards, nothing wider than the screen. */
export async function phoneParts(w, part) {
  const { page, say, go } = w
  const fits = async (where) => assert.ok(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth) <= 0, `${where} is wider than the phone`)
  await part(w.name('phone: the menu opens, leads and closes'), page, async () => {
    await go('/')
    assert.equal(await page.locator('#rail').isVisible(), false)
    await page.locator('[aria-controls=rail]').click()
    await page.locator('#rail').getByText(say('商品', 'Catalogue'), { exact: true }).click()
    await page.waitForURL(/\/catalogue$/)
    await page.locator('#rail').waitFor({ state: 'hidden' })
    await page.locator('[aria-controls=rail]').click()
    await page.keyboard.press('Escape')
    await page.locator('#rail').waitFor({ state: 'hidden' })
  })
  await part(w.name('phone: rows are cards with their labels, and no page is wider than the screen'), page, async () => {
    await go('/orders')
    const cell = page.locator('tbody tr').first().locator('td').nth(4)
    await cell.waitFor()
    assert.equal(await cell.evaluate((e) => getComputedStyle(e, '::before').content), `"${say('总额', 'Total')}"`)
    for (const where of ['/', '/chain', '/assortment', '/forecast', '/supply', '/data', '/catalogue', '/orders', '/customers', '/conversations', '/quality', '/recommendations', '/operations/catalog.set_price', '/jobs', '/ledger', '/audit', '/settings/shop', '/settings/users']) { await go(where); await page.locator('.bones').first().waitFor({ state: 'detached' }); await fits(where) }
    // Goods that are added up have the longest names of the shop.
    await go('/forecast')
    await page.locator('.side').getByRole('radio', { name: say('商品', 'Products'), exact: true }).click()
    for (const n of [0, 1]) await page.locator('.side tbody input[name=sum]').nth(n).check()
    await page.locator('[data-total] tbody tr').nth(1).waitFor()
    await fits('/forecast')
  })
  await part(w.name('phone: what is out of range is said by the engine, not changed in silence'), page, async () => {
    await go('/operations/catalog.set_price')
    await w.field('/sku').fill('any')
    await w.field('/price_minor').fill('-5')
    w.watch.refusal('catalog.set_price')
    await page.locator('[data-dry]').click()
    await page.locator('[data-field="/price_minor"] .el-form-item__error').waitFor()
    assert.equal(await w.field('/price_minor').inputValue(), '-5')
    w.watch.peace()
  })
}
