// Part of the walk about places: what each holds is what the operations say, a limit is set by keys and outlives what is saved beside it, and is taken away again.
import assert from 'node:assert/strict'

export async function stockParts(w, part) {
  const { page, say, go, ask } = w
  await part(w.name('a place is given a limit by keys; what is no number is refused; the promises beside it keep it; it is taken away again'), page, async () => {
    await go('/supply')
    await page.getByRole('radio', { name: say('承诺与成本', 'Promises and costs') }).click()
    const panel = page.locator('[data-places]'), { places } = await ask('supply.places', {}), largest = places[0], before = await ask('supply.settings', {})
    const mine = panel.getByLabel(say(`${largest.name_zh || largest.place_id} 最多可放的件数`, `Most units that ${largest.name_en || largest.place_id} holds`)), keep = panel.getByRole('button', { name: say('保存', 'Save') })
    await mine.waitFor()
    assert.equal(await panel.locator('tbody tr').count(), places.length)
    assert.ok(await keep.isDisabled(), 'nothing has been typed')
    await mine.fill('-3')
    await panel.getByText(say('请填写整数，不填为不限', 'A whole number, or nothing for no limit')).waitFor()
    assert.ok(await keep.isDisabled(), 'what is no number is not kept')
    const saved = async (press) => { const [answer] = await Promise.all([page.waitForResponse((r) => r.url().endsWith('/supply/save_settings')), press()]); assert.equal(answer.status(), 200) }
    const most = largest.on_hand + largest.on_order + 500
    await mine.fill(String(most))
    await saved(() => mine.press('Enter'))
    await panel.locator('tbody tr').first().getByText('500', { exact: true }).waitFor()
    const told = (await ask('supply.places', {})).places.find((p) => p.place_id === largest.place_id)
    assert.deepEqual([told.most_units, told.room_units], [most, 500])
    const promise = page.locator('[data-settings] input[name=C]'), usual = await promise.inputValue()
    await promise.fill('89')
    await saved(() => promise.press('Enter'))
    const now = await ask('supply.settings', {})
    assert.ok(now.targets.some((x) => x.abc === 'C' && x.fill_rate === 0.89), 'the promise is kept')
    assert.deepEqual(now.places, [{ place_id: largest.place_id, most_units: most }], 'the limit outlives it')
    await mine.fill('')
    await saved(() => keep.click())
    await promise.fill(usual)
    await saved(() => promise.press('Enter'))
    assert.deepEqual((await ask('supply.settings', {})).places, before.places, 'no limit is left')
  })
}
