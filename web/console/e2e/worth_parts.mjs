// Parts of the walk about what is worth it: rows of recommendations and their rules, estimates and hold-outs, and a reader of reviews taught by the shop.
import assert from 'node:assert/strict'

/** Marks of 400 reviews in words that the word list lacks. */
function marks() {
  const nouns = ['声场', '三频', '耳罩', '头梁'], good = ['绵密铺开', '化开如烟', '层层递进'], bad = ['糊成一团', '发干刺耳朵', '像罐头']
  return Array.from({ length: 400 }, (_, i) => {
    const praise = i % 2 === 0, aspect = nouns[i % nouns.length], opinion = (praise ? good : bad)[Math.floor(i / 4) % 3]
    return { text: `第${i}副，${aspect}${opinion}。`, opinions: [{ aspect, opinion, about: i % 4 < 2 ? 'sound' : 'comfort', praise }] }
  })
}

export async function worthParts(w, part) {
  const { page, say, go, ask, toast } = w
  await part(w.name('recommendations: a rule with a place left to chance, an estimate that has nothing to go by, a hold-out begun and stopped'), page, async () => {
    await go('/recommendations')
    await page.locator('[data-learned] .panel-body, [data-learned] table').first().waitFor()
    await page.locator('[data-estimate] [data-no-places]').waitFor()
    await page.locator('[data-new-row]').click()
    const dialog = page.locator('.el-dialog:visible'), number = (name) => dialog.locator(`input[name="row-${name}"]`)
    await number('margin_weight').fill('0.7')
    await number('explore_percent').fill('5')
    await number('explore_percent').press('Tab')
    await dialog.locator('[data-save-row]').click()
    await toast(say('已保存', 'Saved'))
    await page.locator('[data-row-rules] tbody tr', { hasText: '0.7' }).first().waitFor()
    assert.deepEqual((await ask('selection.list_rules', {})).rules.map((r) => [r.margin_weight, r.explore_share]), [[0.7, 0.05]])
    await page.locator('input[name="estimate-margin_weight"]').fill('1.5')
    await Promise.all([page.waitForResponse('**/v1/selection/estimate'), page.locator('[data-ask-estimate]').click()])
    const panel = page.locator('[data-hold-out="recommendations"]')
    await panel.locator('[data-start-hold-out]').click()
    await panel.locator('[data-reading]').waitFor()
    assert.equal((await ask('experiments.held_out', { what: 'recommendations' })).running, true)
    await panel.locator('[data-stop-hold-out]').click()
    await page.locator('.el-dialog:visible .el-button--danger').click()
    await panel.locator('[data-start-hold-out]').waitFor()
    assert.equal((await ask('experiments.held_out', { what: 'recommendations' })).running, false)
    await page.locator('[data-row-rules] tbody tr').first().getByRole('button', { name: new RegExp(say('移除', 'Remove')) }).click()
    await page.locator('.el-dialog:visible .el-button--danger').click()
    await page.locator('[data-row-rules] tbody tr').first().waitFor({ state: 'detached' })
  })
  await part(w.name('an experiment: what other shares would have been worth; what is worth asking is learned'), page, async () => {
    const { experiment } = await ask('experiments.start', { experiment: { title_en: 'Bigger pictures', title_zh: '更大的图片', kind: 'split', metric: 'conversion', exposure: 'visit', arms: [{ arm_id: 'as_before' }, { arm_id: 'new' }], planned_visitors: 1000 } })
    await go(`/experiments/${experiment.experiment_id}`)
    const panel = page.locator('[data-switch-value]')
    await panel.locator('input[name="switch-as_before"]').fill('20')
    await Promise.all([page.waitForResponse('**/v1/experiments/switch_value'), panel.locator('[data-ask-switch]').click()])
    await panel.locator('[data-switch-says]').waitFor()
    await ask('experiments.stop', { experiment_id: experiment.experiment_id, note: 'e2e' })
    await go('/quality')
    const learn = page.locator('[data-learn-priors]')
    await learn.locator('[data-learn]').click()
    await learn.locator('[data-learned]').waitFor({ timeout: 60_000 })
  })
  await part(w.name('a reader of reviews is taught from a file: too little is refused, enough is used, then forgotten'), page, async () => {
    await go('/quality')
    const panel = page.locator('[data-reader]'), file = (name, text) => panel.locator('[data-marks]').setInputFiles({ name, mimeType: 'application/json', buffer: Buffer.from(text) })
    await panel.locator('[data-reader-state]', { hasText: say('词表', 'word list') }).waitFor()
    await file('broken.jsonl', '{"text": "好", "opinions": []}\n{oops')
    await panel.getByText(say('第 2 行不是 JSON', 'line 2 is not JSON')).waitFor()
    await file('few.json', JSON.stringify(marks().slice(0, 10)))
    await panel.locator('[data-teach]').click()
    await panel.locator('[data-reader-failed]', { hasText: say('内容太少', 'too little') }).waitFor({ timeout: 60_000 })
    await file('many.jsonl', marks().map((m) => JSON.stringify(m)).join('\n'))
    await panel.locator('[data-marks-read]', { hasText: '400' }).waitFor()
    await panel.locator('[data-teach]').click()
    await panel.locator('[data-reader-state]', { hasText: say('训练所得模型', 'taught reader') }).waitFor({ timeout: 60_000 })
    await panel.locator('[data-reader-figures]').waitFor()
    await panel.locator('[data-forget-reader]').click()
    await page.locator('.el-dialog:visible .el-button--danger').click()
    await panel.locator('[data-reader-state]', { hasText: say('词表', 'word list') }).waitFor()
  })
}
