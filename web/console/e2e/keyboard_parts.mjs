// Parts of the walk without a mouse: the palette, pages by their letters, rows, and a decision made.
import assert from 'node:assert/strict'

export async function keyboardParts(w, part) {
  const { page, say, go, ask } = w
  await part(w.name('keyboard: palette, pages, rows and a decision'), page, async () => {
    await ask('decisions.propose', { scenario: '21', kind: 'note', title_en: 'By keyboard', title_zh: '只用键盘', reason_en: 'r', reason_zh: 'r', expected_minor: 99_999_900 })
    await go('/')
    await page.locator('[data-decision]').first().waitFor()
    await page.keyboard.press('j')
    await page.keyboard.press('a')
    await w.toast(say('只用键盘', 'By keyboard'))
    await page.keyboard.press('Control+k')
    await page.locator('[role=combobox]').pressSequentially('orders.list')
    await page.locator('[role=option]').first().waitFor()
    await page.keyboard.press('Enter')
    await page.waitForURL(/operations\/orders\.list_orders/)
    await page.keyboard.press('g')
    await page.keyboard.press('o')
    await page.waitForURL(/\/console\/orders$/)
    await page.locator('tbody tr').first().waitFor()
    for (let i = 0; i < 80 && !(await page.evaluate(() => document.activeElement?.matches('tbody tr'))); i++) await page.keyboard.press('Tab')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL(/\/orders\/.+/)
    await page.keyboard.press('?')
    await page.locator('.el-dialog:visible, [role=dialog]:visible').first().waitFor()
    await page.keyboard.press('Escape')
    await page.locator('.el-overlay').filter({ visible: true }).waitFor({ state: 'detached' })
    await page.keyboard.press('g')
    await page.keyboard.press('p')
    await page.waitForURL(/\/console\/catalogue$/)
    await page.locator('tbody tr').first().waitFor()
    await page.keyboard.press('/')
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('type')), 'search')
  })
}
