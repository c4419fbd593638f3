// Part of the walk about rules of lists: tried on the real search before it runs, kept, seen by shoppers, for one arm of an experiment alone, stopped.
import assert from 'node:assert/strict'

export async function rulesParts(w, part, url) {
  const { page, say, go, ask, toast } = w, title = `E2E pin ${say('zh', 'en')}`
  await part(w.name('a rule of lists is tried, kept and seen in the storefront, for one arm alone, and stopped'), page, async () => {
    const { products } = await ask('catalog.list_products', { page_size: 200, status: 'active' })
    // A word of a title that finds several goods: the last of the first page is what the rule brings to the top.
    let query = '', found = []
    for (const p of products) {
      query = (p.title_en ?? '').split(/\s+/).at(-1) ?? ''
      found = query ? (await ask('dialogue.search', { query })).cards ?? [] : []
      if (found.length >= 4) break
    }
    const idOf = (card) => card.product_id
    assert.ok(found.length >= 4, 'a search finds goods')
    const last = idOf(found.at(-1))
    const experiment = (await ask('experiments.start', { experiment: { title_en: 'Rule', title_zh: '规则', kind: 'split', metric: 'conversion', exposure: 'search', arms: [{ arm_id: 'as_before' }, { arm_id: 'ruled' }], planned_visitors: 1000 } })).experiment
    await go('/search')
    await page.locator('[data-new-rule]').click()
    const dialog = page.locator('.el-dialog:visible'), type = (name, text) => dialog.locator(`input[name="rule-${name}"]`).fill(text)
    await type('title', title)
    await type('query', query)
    await type('pin', last)
    await type('banner-en', 'E2E banner')
    await type('banner-zh', 'E2E 横幅')
    await dialog.locator('[data-try-rule]').click()
    const first = dialog.locator('.list tbody tr').first()
    await first.waitFor()
    const [before, after] = (await first.locator('td.number').allInnerTexts()).map(Number)
    assert.ok(after === 1 && before > 1, `tried: from ${before} to ${after}`)
    assert.equal(idOf((await ask('dialogue.search', { query })).cards[0]) === last, false, 'trying changes nothing')
    await dialog.locator('[data-save-rule]').click()
    await toast(say('已保存', 'Saved'))
    const row = page.locator('tbody tr', { hasText: title })
    await row.waitFor()
    assert.equal(idOf((await ask('dialogue.search', { query })).cards[0]), last)
    const shown = await (await fetch(`${url}/en/search?q=${encodeURIComponent(query)}`)).text()
    assert.ok(shown.includes('E2E banner'), 'shoppers see the banner')
    // The same for one arm: some visitors are shown it, others are not.
    await row.getByRole('button', { name: say('编辑', 'Edit') }).click()
    await dialog.locator('.el-select').last().click()
    await page.locator('.el-select-dropdown__item:visible', { hasText: 'ruled' }).first().click()
    await dialog.locator('[data-save-rule]').click()
    await page.locator('tbody tr', { hasText: `${experiment.experiment_id} / ruled` }).waitFor()
    const arms = new Set()
    for (let i = 0; i < 30 && arms.size < 2; i++) arms.add((await (await fetch(`${url}/en/search?q=${encodeURIComponent(query)}`)).text()).includes('E2E banner'))
    assert.equal(arms.size, 2, 'the rule is for one arm')
    await row.getByRole('button', { name: say('停止', 'Stop') }).click()
    await page.locator('.el-dialog:visible .el-button--danger').click()
    await row.getByRole('button', { name: say('停止', 'Stop') }).waitFor({ state: 'detached' })
    assert.equal((await (await fetch(`${url}/en/search?q=${encodeURIComponent(query)}`)).text()).includes('E2E banner'), false)
    await ask('experiments.stop', { experiment_id: experiment.experiment_id, note: 'e2e' })
  })
}
