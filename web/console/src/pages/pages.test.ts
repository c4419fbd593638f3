// The logic of the pages, without their looks.
import { describe, expect, it } from 'vitest'
import { byScenario as chainBy, chain, moduleOf, readiness, scenariosOf } from '../lib/chain'
import { en } from '../i18n/en'
import { score } from '../lib/palette'
import { columnsOf, kindOf, listAt, unwrap } from '../lib/values'
import { router, safeNext } from '../router'
import { isOver, mergeJob } from '../stores/jobs'
import { permits } from '../stores/session'
import { changesOf, filters, priceMove, usedShare, wholeNumber } from './assortment/assortment'
import { changedLines, counts, courses, dateOf, dayOf, handLevel, handText, limit, limits, orderRows, promisedOf, promises, quantity, routeRows, supplierId, wayOf, within, withLimits, withPromises, withWays } from './supply/supply'
import { attributes, roots } from './catalogue/catalogue'
import { faults, mapped, request } from './data/data'
import { amount, ceiling, dayAfter, moved, points, span, stepsOf, toggled, totalQuestion, tree } from './forecast/forecast'
import { armsOf, holdOut, lines, nameOfArm, switchSays, verdict } from './experiments/experiments'
import { byScenario, experimentOf, rangeOf, spanOf } from './ledger/ledger'
import { doingKey, firstClause } from './jobs/use_job_words'
import { nextSteps } from './orders/orders'
import { asked } from './orders/refunds'
import { commandLine, curl, mcp, quote } from './operations/snippets'
import { empty, hundredths, listOf, toDraft, toPromotion } from './promotions/promotions'
import { readMarks } from './quality/marks'
import { lineOf, readOccasions, writeOccasions } from './quality/occasions'
import { emptyRow, said, toRow, toRowDraft, withRow } from './recommendations/recommendations'
import { emptyRule, ruleFits, toRule, toRuleDraft } from './search/rules'
import { changes, groupOf, groupSchema, groupsOf, groupValues } from './settings/settings'
import { byValue, greeting, keyFigures, onAxis, worth } from './today/today'

describe('what to sell', () => {
  it('offers a filter only where there is something, changes first', () => {
    expect(filters({ keep: 3, list: 1, drop: 2, push: 0, price: 0, leave: 4 }).map((f) => `${f.value}:${f.count}`)).toEqual([':10', 'list:1', 'drop:2', 'keep:3', 'leave:4'])
    expect(filters(undefined)).toEqual([])
  })
  it('measures limits and prices', () => {
    expect(usedShare({ name: 'shelf_places', most: 80, used: 20, used_now: 0, dual_price: 0 })).toBe(0.25)
    expect(usedShare({ name: 'push_places', most: 0, used: 0, used_now: 0, dual_price: 0 })).toBe(0)
    expect(priceMove({ price_minor: 2000, planned_price_minor: 1900 })).toBe(-5)
  })
  it('asks to play only what was chosen, the same percentage for all new prices', () => {
    expect(changesOf({ list: [], drop: [], push: [], prices: [], percent: -10 })).toEqual({})
    expect(changesOf({ list: ['a'], drop: ['b'], push: [], prices: ['c', 'd'], percent: 5 })).toEqual({ list: ['a'], drop: ['b'], prices: [{ product_id: 'c', change_percent: 5 }, { product_id: 'd', change_percent: 5 }] })
  })
  it('asks for refunds by whose move it is, or by their state', () => { expect(asked('refused')).toEqual({ waits_for: 'refused' }); expect(asked('due')).toEqual({ state: 'due' }); expect(asked('not_charged')).toEqual({ state: 'not_charged' }) })
  it('takes whole numbers only', () => { expect(wholeNumber(' 1,200 ')).toBe(1200); expect(wholeNumber('-3')).toBeUndefined(); expect(wholeNumber('1.5')).toBeUndefined(); expect(wholeNumber('')).toBeUndefined() })
})
describe('forecast', () => {
  const ahead = (day: string, mean: number, days = 1) => ({ day, days, mean, without_edits: mean, quantiles: [], level: 0, trend: 0, week: 0, season: 0, holiday: 0, boosted: 0, signals: 0, price: 0, promotion: 0, edits: 0 })
  const item = (id: string, parent_id = '') => ({ id, parent_id, title_en: '', title_zh: '', category_id: id, sold_28: 0, ahead_28: 1, low_28: 0, high_28: 2, edited: false, notes: [] })
  it('joins past and future, and a step that is both', () => {
    const d = { past: [{ day: 'a', sold: 1, wanted: 1, empty_shelf: false }, { day: 'b', sold: 2, wanted: 2, empty_shelf: false }], ahead: [ahead('b', 3), ahead('c', 4)] } as unknown as Parameters<typeof points>[0]
    expect(points(d).map((p) => [p.day, p.past?.sold, p.ahead?.mean])).toEqual([['a', 1, undefined], ['b', 2, 3], ['c', undefined, 4]])
  })
  it('ends its axis at a round number above everything', () => { expect(ceiling([3.2, 17])).toBe(20); expect(ceiling([])).toBe(1); expect(ceiling([Number.NaN, 101])).toBe(200) })
  it('draws the tree of categories, broken ones too', () => {
    expect(tree([item('b', 'a'), item('a'), item('c', 'b'), item('d', 'gone')]).map((x) => `${x.item.id}${x.depth}`)).toEqual(['a0', 'b1', 'c2', 'd0'])
    expect(tree([item('x', 'y'), item('y', 'x')]).length).toBe(2)
  })
  it('tells change only where there was something', () => { expect(moved({ ahead_28: 12, before_28: 10 })).toBeCloseTo(0.2); expect(moved({ ahead_28: 1, before_28: 0 })).toBeUndefined(); expect(moved({ ahead_28: 1 })).toBeUndefined() })
  it('knows the days of chosen steps in either direction', () => expect(span([ahead('2026-01-26', 5, 7), ahead('2026-02-02', 7, 7)], 1, 0)).toEqual({ first: '2026-01-26', last: '2026-02-08', units: 12 }))
  it('chooses the steps that hold typed days', () => {
    const weeks = [ahead('2026-01-26', 5, 7), ahead('2026-02-02', 7, 7), ahead('2026-02-09', 7, 7)]
    expect(stepsOf(weeks, '2026-02-03', undefined)).toEqual({ from: 1, to: 1 })
    expect(stepsOf(weeks, '2026-01-26', '2026-02-15')).toEqual({ from: 0, to: 2 })
    expect(stepsOf(weeks, '2026-02-09', '2026-01-30')).toEqual({ from: 0, to: 2 })
    expect(stepsOf(weeks, '2026-03-01', '2026-02-02')).toBeUndefined()
    expect(stepsOf(weeks, undefined, undefined)).toBeUndefined()
  })
  it('adds up what was ticked, once', () => {
    const cups = { level: 'category' as const, id: 'cups', name: 'Cups' }, mug = { level: 'product' as const, id: 'mug', name: 'Mug' }, same = { level: 'variant' as const, id: 'mug', name: '' }
    expect(toggled(toggled([cups], mug), { ...mug, name: 'another name' })).toEqual([cups])
    expect(toggled([mug], same)).toEqual([mug, same])
    expect(totalQuestion([cups, mug], '2026-01-01', '2026-01-14', 0.9, ' 1,200 ')).toEqual({ category_ids: ['cups'], product_ids: ['mug'], skus: [], first_day: '2026-01-01', last_day: '2026-01-14', chance: 0.9, units: 1200 })
    // A variant and a product of one id are two things, asked for and taken out each by itself.
    expect(totalQuestion([mug, same], '2026-01-01', '2026-01-14', 0.9, '')).toMatchObject({ product_ids: ['mug'], skus: ['mug'] })
    expect(toggled([mug, same], { level: 'variant', id: 'mug', name: '' })).toEqual([mug])
    expect(totalQuestion([], '2026-01-01', '2026-01-01', 0.9, '')).toEqual({ category_ids: [], product_ids: [], skus: [], first_day: '2026-01-01', last_day: '2026-01-01', chance: 0.9 })
    for (const [first, last, units] of [['', '2026-01-01', ''], ['2026-01-02', '2026-01-01', ''], ['2026-01-01', '2026-01-02', '1.5'], ['2026-01-01', '2026-01-02', '-1'], ['2026-01-01', '2026-01-02', 'x']]) expect(totalQuestion([cups], first!, last!, 0.9, units!)).toBeUndefined()
    expect(dayAfter('2026-02-27', 2)).toBe('2026-03-01')
  })
  it('reads amounts as typed', () => { expect(amount('+12.5 %')).toBe(12.5); expect(amount('−3')).toBe(-3); expect(amount('1,200')).toBe(1200); expect(amount('x')).toBeUndefined(); expect(amount('')).toBeUndefined() })
})
describe('levels set by hand', () => {
  it('a level may be left to the plan, both must fit, a promise stands alone', () => {
    expect(handLevel('levels', { at: '12', upTo: '30', promise: '' })).toEqual({ body: { reorder_level: 12, order_up_to: 30 } })
    expect(handLevel('levels', { at: '', upTo: '0', promise: '' })).toEqual({ body: { order_up_to: 0 } })
    expect(handLevel('levels', { at: '12', upTo: '', promise: 'x' })).toEqual({ body: { reorder_level: 12 } })
    expect(handLevel('levels', { at: '', upTo: ' ', promise: '' })).toEqual({ wrong: 'upTo' })
    expect(handLevel('levels', { at: '30', upTo: '30', promise: '' })).toEqual({ wrong: 'upTo' })
    expect(handLevel('levels', { at: '-1', upTo: '30', promise: '' })).toEqual({ wrong: 'at' })
    expect(handLevel('levels', { at: '1', upTo: '2000000', promise: '' })).toEqual({ wrong: 'upTo' })
    expect(handLevel('promise', { at: '', upTo: '', promise: '97.5' })).toEqual({ body: { fill_rate: 0.975 } })
    expect(handLevel('promise', { at: '', upTo: '', promise: '97.5', service: 'cycle_service' })).toEqual({ body: { fill_rate: 0.975, service: 'cycle_service' } })
    expect(handLevel('promise', { at: '', upTo: '', promise: '100' })).toEqual({ wrong: 'promise' })
    const rules = { suppliers: [{ supplier_id: 'a', order_weekdays: [2], policy: 'min_max' }] } as never
    expect(withWays(rules, { a: wayOf(undefined), b: wayOf(undefined), c: { ...wayOf(undefined), policy: 'order_up_to' } })).toEqual([{ supplier_id: 'a', order_weekdays: [2], policy: 'by_cost' }, { supplier_id: 'c', policy: 'order_up_to' }])
    expect(withWays(rules, { a: { policy: 'by_cost', service: 'cycle_service', promise: '97.5' }, b: { policy: 'by_cost', service: 'class', promise: '90' } })).toEqual([{ supplier_id: 'a', order_weekdays: [2], policy: 'by_cost', service: 'cycle_service', target: 0.975 }, { supplier_id: 'b', policy: 'by_cost', target: 0.9 }])
    expect(withWays(rules, { a: { policy: 'by_cost', service: 'class', promise: '100' } })).toBeUndefined()
    // Finer than a form shows: saving something else leaves it.
    const fine = { suppliers: [{ supplier_id: 'a', policy: 'by_cost', target: 0.9725 }, { supplier_id: 'b', policy: 'by_cost', target: 0.9725 }], targets: [{ abc: 'A', xyz: '', fill_rate: 0.9825, service: 'fill_rate' }] } as never
    const shown = wayOf({ target: 0.9725 })
    expect(withWays(fine, { a: { ...shown, policy: 'min_max' }, b: { ...shown, promise: '97' } })).toEqual([{ supplier_id: 'a', policy: 'min_max', target: 0.9725 }, { supplier_id: 'b', policy: 'by_cost', target: 0.97 }])
    expect(withPromises(fine, { ...promises(fine), B: '90' }, promisedOf(fine)).map((r) => r.fill_rate)).toEqual([0.9825, 0.9, 0.95])
    const told = (l: object) => handText({ policy: 'by_cost', ...l } as never, { t: (key, values) => [key.replace('supply.', ''), ...Object.values(values ?? {})].join(' '), number: String, share: (v) => `${100 * v}%` })
    expect(told({ service: 'cycle_service' })).toBe('service_cycle_service')
    expect(told({ service: 'cycle_service', fill_rate: 0.5 })).toBe('hand_text_cycles 50%')
    expect(told({ fill_rate: 0.5 })).toBe('hand_text_promise 50%')
    expect(told({ reorder_level: 3 })).toBe('hand_text 3 hand_left')
    expect(told({ policy: 'min_max', reorder_level: 3, order_up_to: 9, service: 'fill_rate' })).toBe('way_min_max · hand_text_at 3 · policy_to 9 · service_fill_rate')
    expect(routeRows([{ from: 'a', to: 'b', days: '2' }])).toEqual([{ from_place_id: 'a', to_place_id: 'b', days: 2 }])
    for (const bad of [[{ from: 'a', to: 'a', days: '2' }], [{ from: 'a', to: '', days: '2' }], [{ from: 'a', to: 'b', days: '61' }], [{ from: 'a', to: 'b', days: 'x' }], [{ from: 'a', to: 'b', days: '1' }, { from: 'a', to: 'b', days: '2' }]]) expect(routeRows(bad)).toBeUndefined()
    const way = (policy: string, at = '', upTo = '', quantity = '') => handLevel('policy', { at, upTo, promise: '', quantity, policy })
    expect(way('order_up_to')).toEqual({ body: { policy: 'order_up_to' } })
    expect(way('order_up_to', '5', '30', '9')).toEqual({ body: { policy: 'order_up_to', order_up_to: 30 } })
    expect(way('min_max', '12', '30')).toEqual({ body: { policy: 'min_max', reorder_level: 12, order_up_to: 30 } })
    expect(way('min_max', '', '30')).toEqual({ wrong: 'at' })
    expect(way('min_max', '30', '30')).toEqual({ wrong: 'upTo' })
    expect(way('fixed_quantity', '', '', '24')).toEqual({ body: { policy: 'fixed_quantity', order_quantity: 24 } })
    expect(way('reorder_point', '8', '99', '0')).toEqual({ wrong: 'quantity' })
    expect(way('season', '8', '99', '3')).toEqual({ body: { policy: 'season' } })
  })
  it('days and dates are one another', () => {
    expect(dayOf('2024-01-02')).toBe(19724)
    expect(dateOf(19724)).toBe('2024-01-02')
  })
})
describe('stock that was never counted', () => {
  const item = (sku: string, on_hand = 0) => ({ sku, place_id: 'main', on_hand }) as never
  it('becomes moves from what is typed, making up for what was sold before', () => {
    expect(counts([item('a'), item('b', -3), item('c')], { 'a@main': ' 12 ', 'b@main': '5', 'c@main': '' })).toEqual([{ sku: 'a', place_id: 'main', quantity: 12 }, { sku: 'b', place_id: 'main', quantity: 8 }])
    expect(counts([item('a')], { 'a@main': '1.5' })).toBeUndefined()
  })
  it('names a supplier of whom only the name is known', () => { expect(supplierId(' Kiln & Co. ')).toBe('kiln-co'); expect(supplierId('晨光 文具')).toBe('晨光-文具'); expect(supplierId('!')).toBe('supplier') })
})
describe('promotions', () => {
  it('reads amounts, percentages and lists as people type them', () => {
    expect([hundredths('15.5'), hundredths('100%'), hundredths('0'), hundredths('101'), hundredths('a')]).toEqual([1550, 10_000, undefined, undefined, undefined])
    expect(listOf('A, B；C、D')).toEqual(['A', 'B', 'C', 'D'])
    const p = toPromotion({ ...empty(), title_en: ' Sale ', threshold: '200', off: '30.5', repeats: true, categories: ['c'], codes: 'x, y' }, 'CNY')
    expect(p).toMatchObject({ title_en: 'Sale', kind: 'amount_off', threshold_minor: 20_000, off_minor: 3050, repeats: true, goods: { category_ids: ['c'] }, codes: ['x', 'y'] })
    expect(p).not.toHaveProperty('percent_off_hundredths')
  })
  it('sends only what the kind uses, and comes back as it was', () => {
    const d = { ...empty(), title_en: 'S', kind: 'set_price' as const, units: '2', price: '99', products: 'a, b' }
    expect(toPromotion(d, 'CNY')).toMatchObject({ parts: [{ units: 2, goods: { product_ids: ['a', 'b'] } }], price_minor: 9900 })
    const saved = { ...toPromotion({ ...empty(), title_en: 'P', kind: 'percent_off', percent: '15.5', most: '50' }, 'CNY'), parts: [], buy_units: 0, get_units: 0, off_minor: 0, price_minor: 0, repeats: false, most_times: 0, most_uses_per_code: 0, weekdays: [], promotion_id: 'p' } as never
    expect(toDraft(saved, 'CNY')).toMatchObject({ percent: '15.5', most: '50.00', kind: 'percent_off', promotion_id: 'p' })
  })
})
describe('rules of lists and experiments', () => {
  it('keeps a rule as it was', () => {
    const d = { ...emptyRule(), title: 'T', query: 'cup', pin: 'a, b', boost: 'c', hide: 'd', arm: 'exp/new' }
    const r = toRule(d)
    expect(r).toMatchObject({ pin: ['a', 'b'], move: [{ product_ids: ['c'], strength: 3 }], hide: ['d'], experiment_id: 'exp', arm_id: 'new' })
    const saved = { ...r, rule_id: 'r', places: [], move: [{ product_ids: ['c'], brands: [], category_id: '', strength: 3 }] } as never
    expect(ruleFits(saved)).toBe(true)
    expect(toRuleDraft(saved)).toEqual({ ...d, rule_id: 'r' })
  })
  it('says of an arm only what is certain', () => {
    const a = { arm_id: 'b', title: '', visitors: 1, with_event: 0, share: 0.5, mean: 0 }
    expect([a, { ...a, difference: 1 }, { ...a, difference: 1, low: 0.1, high: 2 }, { ...a, difference: -1, low: -2, high: -0.1 }, { ...a, difference: 0, low: -1, high: 1 }].map((x) => verdict(x))).toEqual(['control', 'too_few', 'better', 'worse', 'open'])
    expect(armsOf('as_before, new')).toEqual([{ arm_id: 'as_before' }, { arm_id: 'new' }])
    expect(lines([{ at_ms: 1, visitors: 5, difference: 0.1 }])).toEqual({ labels: ['5'], difference: [0.1], low: [undefined], high: [undefined] })
  })
})
describe('today', () => {
  it('shows only figures that were answered', () => {
    expect(keyFigures(undefined)).toEqual([])
    expect(keyFigures({ orders: 3, orders_previous: 2, days: [{ day: 1, orders: 1 }, { day: 2 }] })).toEqual([{ key: 'orders', unit: 'count', value: 3, previous: 2, series: [1] }])
  })
  it('orders decisions by value, those without one last, ties by age', () => {
    const d = (id: string, value_minor?: number, created_at_ms = 0) => ({ id, state: 'proposed', created_at_ms, ...(value_minor === undefined ? {} : { value_minor }) })
    expect(byValue([d('a'), d('b', 5, 2), d('c', 9), d('e', 5, 1), d('f', -3)]).map((x) => x.id)).toEqual(['c', 'e', 'b', 'f', 'a'])
  })
  it('never adds two currencies', () => expect(worth([{ id: '1', state: '', value_minor: 1, currency: 'CNY' }, { id: '2', state: '', value_minor: 2, currency: 'USD' }, { id: '3', state: '', value_minor: 4 }, { id: '4', state: '' }], 'CNY')).toEqual([{ currency: 'CNY', minor: 5 }, { currency: 'USD', minor: 2 }]))
  it('puts intervals on one axis that contains nought', () => {
    const list = [{ id: '1', state: '', value_minor: 50, value_low_minor: -100, value_high_minor: 100 }, { id: '2', state: '' }]
    const at = onAxis(list)
    expect(at(list[0]!)).toEqual({ zero: 0.5, low: 0, mid: 0.75, high: 1 })
    expect(at(list[1]!)).toBeUndefined()
    expect(onAxis([{ id: '1', state: '', value_minor: 10 }])({ id: '1', state: '', value_minor: 10 })).toEqual({ zero: 0, low: 1, mid: 1, high: 1 })
  })
  it('greets by the hour', () => expect([0, 11, 12, 17, 18].map(greeting)).toEqual(['morning', 'morning', 'afternoon', 'afternoon', 'evening']))
})
describe('the chain', () => {
  it('has eleven modules and thirty scenarios, each once, and value across', () => {
    expect(chain.filter((c) => c.stream !== 'across').length).toBe(11)
    expect(chain.flatMap((c) => c.scenarios).filter((s) => s !== 'value')).toEqual(Array.from({ length: 30 }, (_, i) => String(i + 1)))
  })
  it('counts an operation for every scenario that it serves and none for the ground', () => {
    expect(scenariosOf({ name: 'a.b', scenario: '5, 6' })).toEqual(['5', '6'])
    expect(scenariosOf({ name: 'a.b', scenario: '0' })).toEqual([])
    expect(scenariosOf({ name: 'value.rank', scenario: '0' })).toEqual(['value'])
    expect(chainBy([{ name: 'a.b', scenario: '25' }, { name: 'c.d', scenario: '25' }]).get('25')?.length).toBe(2)
    expect(moduleOf('10')?.module).toBe('forecast')
    expect(moduleOf('31')).toBeUndefined()
  })
  it('does not take data that are kept for an ability', () => {
    expect(readiness(undefined)).toBe('none')
    expect(readiness([])).toBe('none')
    expect(readiness([{ name: 'campaigns.save' }, { name: 'supply.list_suppliers' }, { name: 'customers.get_customer' }])).toBe('records')
    expect(readiness([{ name: 'supply.save_terms' }, { name: 'supply.plan' }])).toBe('ready')
    expect(readiness([{ name: 'a.saved_by' }])).toBe('ready')
  })
})
describe('import', () => {
  const fields = [{ name: 'sku', required: true }, { name: 'price', required: true }, { name: 'brand' }]
  const rows = mapped([{ name: 'Code', field: 'sku', confidence: 0.9 }, { name: 'Other' }])
  it('names needed fields that nothing leads to and fields that two columns lead to', () => {
    expect(faults(rows, fields)).toEqual({ missing: [fields[1]], twice: [] })
    expect(faults([...rows, { ...rows[0]!, column: 'Second' }], fields).twice).toEqual(['sku'])
    expect(faults(rows.map((r) => ({ ...r, field: '' })), []).twice).toEqual([])
  })
  it('sends only mapped columns', () => expect(request({ id: 'f', name: 'a.csv' }, undefined, rows, true)).toEqual({ file_id: 'f', file_name: 'a.csv', mapping: [{ column: 'Code', field: 'sku' }], on_refused: 'keep_good' }))
})
describe('catalogue', () => {
  it('counts the products of a category into its root, and survives a broken tree', () => {
    expect(roots([{ id: 'a', products: 1 }, { id: 'b', parent_id: 'a', products: 2 }, { id: 'c', parent_id: 'b', products: 4 }, { id: 'd', parent_id: 'gone' }]).map((c) => [c.id, c.products])).toEqual([['a', 7], ['d', undefined]])
    expect(() => roots([{ id: 'x', parent_id: 'y' }, { id: 'y', parent_id: 'x' }])).not.toThrow()
  })
  it('reads attributes as list or object', () => { expect(attributes({ colour: 'red' })).toEqual([{ name: 'colour', value: 'red' }]); expect(attributes([{ name: 'a' }, 3])).toEqual([{ name: 'a' }]); expect(attributes('x')).toEqual([]) })
})
describe('ledger', () => {
  it('prefers the sums of the engine', () => expect(byScenario({ by_scenario: [{ scenario: '25', amount_minor: 5, hours: 1, entries: 2 }] }, [], 'CNY')).toMatchObject({ minor: 5, hours: 1, complete: true }))
  it('else adds what is shown, in the currency of the shop only', () => expect(byScenario(undefined, [{ id: '1', scenario: '8', amount_minor: 3, currency: 'CNY' }, { id: '2', scenario: '8', amount_minor: 9, currency: 'USD', hours: 2 }], 'CNY')).toMatchObject({ minor: 3, hours: 2, complete: false, rows: [{ scenario: '8', count: 2 }] }))
})
describe('snippets', () => {
  const o = { name: 'orders.place_order', effect: 'act' as const }
  it('survive quotes in values', () => {
    expect(quote("it's")).toBe(`'it'\\''s'`)
    expect(curl(o, { note: "it's $(rm)" }, 'http://x')).toContain(`-d '{"note":"it'\\''s $(rm)"}'`)
  })
  it('ask for an idempotency key only where something changes', () => { expect(curl(o, {}, 'http://x')).toContain('Idempotency-Key'); expect(curl({ ...o, effect: 'read' }, {}, 'http://x')).not.toContain('Idempotency-Key') })
  it('write flags for the command line', () => expect(commandLine(o, { page_size: 5, gift: true, keep: false, lines: [1] })).toBe("kindling orders place-order \\\n  --page-size 5 \\\n  --gift \\\n  --keep=false \\\n  --lines '[1]'"))
  it('name the tool for MCP', () => expect(JSON.parse(mcp(o, { a: 1 }))).toMatchObject({ method: 'tools/call', params: { name: 'orders.place_order', arguments: { a: 1 } } }))
})
describe('arms of an experiment', () => {
  it('go by their title, or by what is held out from them', () => {
    const arm = { arm_id: 'a', title: '', visitors: 1, share: 0.5, mean: 0 } as unknown as Parameters<typeof nameOfArm>[0]
    expect(nameOfArm({ ...arm, title: 'Red button' }, 'guide')).toEqual({ text: 'Red button' })
    expect([nameOfArm(arm, 'guide').key, nameOfArm({ ...arm, difference: 1 }, 'guide').key]).toEqual(['hold_out.without', 'hold_out.with'])
    expect(nameOfArm(arm, 'nothing')).toEqual({ text: 'a' })
  })
})
describe('jobs', () => {
  it('merges what an event tells into what is known', () => {
    const a = mergeJob(new Map(), { id: 'j', state: 'running', done: 1 })
    expect(mergeJob(a, { job_id: 'j', done: 2 } as never).get('j')).toMatchObject({ id: 'j', state: 'running', done: 2 })
    expect(mergeJob(a, { done: 3 })).toBe(a)
    expect(a.get('j')?.done).toBe(1)
  })
  it('knows when one is over', () => expect(['queued', 'running', 'succeeded', 'failed', 'cancelled'].map((state) => isOver({ id: '', state }))).toEqual([false, false, true, true, true]))
})
describe('occasions', () => {
  const setting = '# ours\nmid-autumn, 中秋：茶具、mugs；礼盒装\n\nhanfu day: dresses; worn\nno colon here'
  it('are read line by line, and what cannot be read stays', () => {
    const lines = readOccasions(setting)
    expect(lines.map((l) => l.occasion)).toEqual([undefined, { said: 'mid-autumn, 中秋', kinds: '茶具, mugs', qualities: '礼盒装', worn: false }, undefined, { said: 'hanfu day', kinds: 'dresses', qualities: '', worn: true }, undefined])
    expect(writeOccasions(lines)).toBe(setting)
    expect(readOccasions('')).toEqual([])
  })
  it('are written so that they read the same', () => {
    for (const o of [{ said: 'picnic', kinds: 'mugs, baskets', qualities: 'outdoor', worn: true }, { said: '野餐', kinds: '杯子', qualities: '', worn: false }]) expect(readOccasions(lineOf(o))[0]?.occasion).toEqual(o)
    expect(lineOf({ said: 'a: b', kinds: 'c; d，e', qualities: '', worn: false })).toBe('a, b: c, d, e')
  })
})
describe('settings', () => {
  const item = (name: string, value: string, secret = false) => ({ name, value, secret, meaning_en: 'Meaning', meaning_zh: '含义' })
  const all = { items: [item('language_model_url', 'http://x'), item('language_model_key', 'set', true), item('retention_days_events', '730'), item('shipping_fee_minor', '0'), item('policy_returns_zh', '')] }
  it('puts fields on their page', () => {
    expect(all.items.map((i) => groupOf(i.name))).toEqual(['model', 'model', 'privacy', 'shop', 'policies'])
    expect(['speech_to_text_url', 'text_to_speech_key', 'speech_budget_minor_per_day', 'picture_model_key', 'embedding_model_url', 'guide_occasions'].map(groupOf)).toEqual(['speech', 'speech', 'speech', 'picture', 'encoder', 'shop'])
    expect(Object.values(groupsOf).flat().sort(), 'every group stands on a page').toEqual([...new Set([...all.items.map((i) => i.name), 'embedding_model_url', 'speech_to_text_url', 'picture_model_key'].map(groupOf))].sort())
    expect(groupSchema({ items: [item('guide_occasions', 'a')] }, 'shop', false)?.properties?.guide_occasions?.maxLength, 'several lines need several lines').toBe(20000)
    expect(groupSchema(all, 'privacy', true)?.properties).toEqual({ retention_days_events: { type: 'integer', description: '含义' } })
    expect(groupSchema({ items: [] }, 'shop', true)).toBeUndefined()
  })
  it('never fills a secret in, and leaves it alone unless one is typed', () => {
    const s = groupSchema(all, 'model', false)!
    const now = groupValues(all, s)
    expect(now).toEqual({ language_model_url: 'http://x' })
    expect(changes(all, s, now)).toEqual([])
    expect(changes(all, s, { ...now, language_model_key: 'k' })).toEqual([{ name: 'language_model_key', value: 'k' }])
    expect(changes(all, s, { language_model_url: null })).toEqual([{ name: 'language_model_url', value: '' }])
  })
  it('compares numbers with the texts that the engine keeps', () => {
    const s = groupSchema(all, 'shop', false)!
    expect(changes(all, s, { shipping_fee_minor: 0 })).toEqual([])
    expect(changes(all, s, { shipping_fee_minor: 900 })).toEqual([{ name: 'shipping_fee_minor', value: '900' }])
  })
})
describe('answers of unknown shape', () => {
  it('are read by the names that the API keeps to', () => {
    expect([['a_minor', 1], ['x_at_ms', 1], ['from_day', 1], ['conversion', 0.1], ['n', 1], ['s', 's'], ['l', [1]], ['r', [{}]], ['o', {}], ['z', null], ['e', []]].map(([k, v]) => kindOf(k as string, v))).toEqual(['money', 'instant', 'day', 'share', 'number', 'text', 'list', 'rows', 'object', 'nothing', 'list'])
    expect(unwrap({ product: { id: 'p' }, extra: 1 }, 'product')).toMatchObject({ id: 'p', extra: 1 })
    expect(unwrap(undefined, 'product')).toEqual({})
    expect(listAt({ b: [{ x: 1 }, 2] }, 'a', 'b')).toEqual([{ x: 1 }])
    expect(columnsOf([{ z: 1, id: 2 }, { name: 3 }])).toEqual(['id', 'name', 'z'])
  })
})
describe('palette', () => {
  it('prefers beginnings, then words, then anywhere, and needs every word', () => {
    const s = (q: string, ...t: string[]) => score(q, t)
    expect(s('ord', 'orders.place')).toBeGreaterThan(s('ord', 'list.orders'))
    expect(s('ord', 'list.orders')).toBeGreaterThan(s('ord', 'records.list'))
    expect(s('orders 下单', 'orders.place', '为客户下单')).toBeGreaterThan(0)
    expect(s('orders zebra', 'orders.place')).toBe(0)
    expect(s('', 'anything')).toBe(1)
  })
})
describe('after signing in', () => {
  it('only addresses inside the console are followed', () => { expect(safeNext('/orders/1')).toBe('/orders/1'); for (const bad of ['//evil', '/\\evil', 'https://evil', undefined, 3]) expect(safeNext(bad)).toBe('/') })
})

describe('what a person may and an order can', () => {
  it('reads permission patterns as the engine does', () => {
    expect(permits(['*'], 'orders.write')).toBe(true)
    expect(permits(['orders.*'], 'orders.write')).toBe(true)
    expect(permits(['*.read'], 'orders.read')).toBe(true)
    expect(permits(['*.read', 'order.*', 'orders'], 'orders.write')).toBe(false)
    expect(permits([], 'shop.read')).toBe(false)
  })
  it('offers only steps that follow', () => {
    expect(nextSteps('placed')).toContain('paid')
    expect(nextSteps('paid')).toEqual(['shipped', 'cancelled'])
    expect(nextSteps('shipped')).toEqual(['delivered'])
    for (const over of ['delivered', 'returned', 'cancelled', 'unheard_of', '']) expect(nextSteps(over)).toEqual([])
  })
})

describe('the stock plan', () => {
  const line = (sku: string, n: number) => ({ sku, quantity: n, cost_minor: 250, line_minor: 250 * n, title_en: '=cmd', title_zh: '杯' }) as never
  it('reads quantities as whole numbers only', () => {
    expect([quantity(' 1,200 '), quantity('0'), quantity('-3'), quantity('1.5'), quantity('many'), quantity('')]).toEqual([1200, 0, undefined, undefined, undefined, undefined])
  })
  it('sends only lines that differ, and nothing when one is no number', () => {
    const lines = [line('A', 5), line('B', 6)]
    expect(changedLines(lines, new Map([['A', '5'], ['B', '9']]))).toEqual([{ sku: 'B', quantity: 9 }])
    expect(changedLines(lines, new Map([['A', 'x'], ['B', '9']]))).toBeUndefined()
    expect(changedLines(lines, new Map())).toEqual([])
  })
  it('writes a purchase order in whole units of money, without lines of nothing', () => {
    const rows = orderRows({ purchase_order_id: 'p', supplier_id: 's', supplier_name: 'S', place_id: 'main', lines: [line('A', 4), line('B', 0)] } as never, 100)
    expect(rows).toEqual([['p', 's', 'S', 'main', 'A', '杯', '=cmd', 4, 2.5, 10]])
  })
  it('puts past and future on one axis, with gaps where nothing is known', () => {
    const c = courses({ past: [{ day: 1, stock: 4, sold: 1 }, { day: 2, stock: -1, sold: -1 }], ahead: [{ day: 3, low: 0, mean: 2, high: 3, with_order: 8 }] } as never)
    expect(c.days).toEqual([1, 2, 3])
    expect(c.stock).toEqual([4, undefined, undefined])
    expect(c.mean).toEqual([undefined, undefined, 2])
  })
  it('shows promises as percent and keeps finer ones that it does not show', () => {
    const s = { targets: [{ abc: 'A', xyz: 'Z', fill_rate: 0.9 }, { abc: 'A', xyz: '', fill_rate: 0.975 }, { abc: '', xyz: '', fill_rate: 0.9 }] } as never
    expect(promises(s)).toEqual({ A: '97.5', B: '90', C: '90' })
    expect(withPromises(s, { A: '98', B: '95.5', C: '90' }, { ...promisedOf(s), B: 'cycle_service' })).toEqual([{ abc: 'A', xyz: 'Z', fill_rate: 0.9 }, { abc: 'A', xyz: '', fill_rate: 0.98, service: 'fill_rate' }, { abc: 'B', xyz: '', fill_rate: 0.955, service: 'cycle_service' }, { abc: 'C', xyz: '', fill_rate: 0.9, service: 'fill_rate' }])
    expect([within('50', 50, 99.9), within('99.95', 50, 99.9), within('x', 0, 1), within('', 0, 1)]).toEqual([50, undefined, undefined, undefined])
  })
  it('reads limits of places as typed, and keeps rules of places that it does not show', () => {
    expect([limit('1,200'), limit(' '), limit('0'), limit('-3'), limit('12.5'), limit('many')]).toEqual([1200, null, undefined, undefined, undefined, undefined])
    expect(limits([{ place_id: 'a', most_units: 40 }, { place_id: 'b' }] as never)).toEqual({ a: '40', b: '' })
    const s = { places: [{ place_id: 'a', most_units: 40 }, { place_id: 'gone', most_units: 7 }] } as never
    expect(withLimits(s, ['a', 'b'], { a: '', b: '90' })).toEqual([{ place_id: 'gone', most_units: 7 }, { place_id: 'b', most_units: 90 }])
  })
})
describe('recommendations', () => {
  it('keeps a rule as it was, and the others beside it', () => {
    const d = { ...emptyRow(), placement: 'home', arm: 'exp/new', margin_weight: 0.7, explore_percent: 5, never: 'a, b' }
    const r = toRow(d)
    expect(r).toMatchObject({ placement: 'home', experiment_id: 'exp', arm_id: 'new', explore_share: 0.05, never: ['a', 'b'] })
    expect(r).not.toHaveProperty('explore_percent')
    expect(toRowDraft(r as never)).toEqual(d)
    expect(toRow(emptyRow())).not.toHaveProperty('placement')
    const all = [r, toRow({ ...emptyRow(), placement: 'email' })] as never[]
    expect(withRow(all, undefined, emptyRow())).toHaveLength(3)
    expect(withRow(all, 0)).toEqual([toRow({ ...emptyRow(), placement: 'email' })])
    expect(withRow(all, 1, { ...emptyRow(), placement: 'basket' })[1]).toMatchObject({ placement: 'basket' })
  })
  it('says of other shares of an experiment only what the standard error allows', () => {
    const e = { now: 0.1, value: 0.13, standard_error: 0.01, readable: true }
    expect([e, { ...e, value: 0.07 }, { ...e, value: 0.119 }, { ...e, readable: false }].map(switchSays)).toEqual(['better', 'worse', 'open', 'few'])
  })
  it('says of an estimate only what its intervals say', () => {
    const v = (low: number, high: number, readable = true) => ({ value: (low + high) / 2, low, high, snips: 0, effective: 200, readable })
    const e = (a: ReturnType<typeof v>, b: ReturnType<typeof v>, places = 400) => said({ places, taken: 0.1, as_ordered: a, proposed: b })
    expect([e(v(0, 1), v(0, 1), 0), e(v(0.1, 0.2), v(0.3, 0.4, false)), e(v(0.1, 0.2), v(0.3, 0.4)), e(v(0.3, 0.4), v(0.1, 0.2)), e(v(0.1, 0.3), v(0.2, 0.4))]).toEqual(['none', 'too_few', 'better', 'worse', 'open'])
  })
  it('holds out from the first arm', () => expect(holdOut('guide', 10, 'revenue')).toMatchObject({ holds_out: 'guide', exposure: 'visit', arms: [{ arm_id: 'without', share: 0.1 }, { arm_id: 'with', share: 0.9 }] }))
})
describe('marked reviews', () => {
  const a = { text: '音质好', opinions: [{ opinion: '好', about: 'sound', praise: true }] }, b = { text: 'x', opinions: [] }
  it('are read as a list, in an object, or a line each', () => {
    for (const text of [JSON.stringify([a, b]), JSON.stringify({ reviews: [a, b] }), `\uFEFF${JSON.stringify(a)}\n\n${JSON.stringify(b)}\r\n`]) expect(readMarks(text)).toEqual({ reviews: [a, b], opinions: 1 })
    expect(readMarks(JSON.stringify(a)).reviews).toEqual([a])
  })
  it('say which line is wrong', () => {
    expect(readMarks(`${JSON.stringify(a)}\n{oops`).problem).toEqual({ kind: 'not_json', line: 2 })
    expect(readMarks(JSON.stringify([a, { text: 1 }])).problem).toEqual({ kind: 'not_marks', line: 2 })
    expect([readMarks('  ').problem?.kind, readMarks('[]').problem?.kind, readMarks('3').problem?.kind]).toEqual(['nothing', 'nothing', 'not_marks'])
  })
})
describe('arms of an experiment', () => {
  it('go by their title, or by what is held out from them', () => {
    const arm = { arm_id: 'a', title: '', visitors: 1, share: 0.5, mean: 0 } as unknown as Parameters<typeof nameOfArm>[0]
    expect(nameOfArm({ ...arm, title: 'Red button' }, 'guide')).toEqual({ text: 'Red button' })
    expect([nameOfArm(arm, 'guide').key, nameOfArm({ ...arm, difference: 1 }, 'guide').key]).toEqual(['hold_out.without', 'hold_out.with'])
    expect(nameOfArm(arm, 'nothing')).toEqual({ text: 'a' })
  })
})
describe('jobs', () => {
  it('are called by the first clause of what they do', () => {
    expect(firstClause('Plan the stock: for each good and place how long it lasts.')).toBe('Plan the stock')
    expect(firstClause('制定库存方案：各商品各地点可售多久。')).toBe('制定库存方案')
    expect(firstClause('Learn how shoppers choose, plan what to list, keep, drop, push and price within shelf and capital.')).toBe('Learn how shoppers choose')
    expect(firstClause('Bring goods in, from a file.')).toBe('Bring goods in, from a file')
  })
  it('say what they are at in both languages', () => {
    expect(doingKey('reading goods, visits and orders')).toBe('reading_goods_visits_and_orders')
    expect(Object.keys(en.doing)).toContain(doingKey('playing the past again'))
    expect(Object.entries(en.doing).filter(([key, text]) => doingKey(text) !== key)).toEqual([])
  })
})
describe('the ledger', () => {
  it('reads what an experiment measured from its visitors', () => {
    expect(experimentOf({ note: 'experiments.read demo-guide' })).toBe('demo-guide')
    expect(experimentOf({ note: 'a time study' })).toBe('')
    expect(rangeOf({ arms: [{ visitors: 10 }, { visitors: 20, difference: 5, low: 2, high: 8 }, { visitors: 30, difference: 9, low: -1, high: 19 }] }), 'only what is certain, times its visitors').toEqual([40, 160])
    expect(rangeOf({ arms: [{ visitors: 10 }, { visitors: 20, difference: 5 }] })).toBeUndefined()
    expect(spanOf({ difference: 2, low: 0, high: 4 })).toEqual({ low: 4, high: 96, at: 50, zero: 4 })
    expect(spanOf({ difference: 2 })).toBeUndefined()
  })
})

describe('links between pages', () => {
  const pages = import.meta.glob<string>(['../**/*.vue'], { query: '?raw', import: 'default', eager: true })
  // `to="/x"`, `:to="`/x/${…}`"` and `path: '/x'`: what a template writes out; an identifier within stands for itself.
  const links = Object.entries(pages).flatMap(([file, text]) => [...text.matchAll(/(?:\bto="|:to="`|\bpath: ')(\/[^"`']*)/g)].map((m) => [file, m[1]!.replaceAll(/\$\{[^}]*\}/g, 'x')] as const))
  it('lead to pages that are there', () => {
    expect(links.length).toBeGreaterThan(20)
    expect(links.filter(([, to]) => router.resolve(to).name === 'lost')).toEqual([])
  })
})
