// The logic of the pages that plan: what to sell, forecasts, stock.
import { describe, expect, it } from 'vitest'
import { changesOf, filters, priceMove, usedShare, wholeNumber } from './assortment/assortment'
import { changedLines, counts, courses, dateOf, dayOf, gone, handLevel, handText, limit, limits, nearest, orderRows, promisedOf, promises, quantity, routeRows, supplierId, wayOf, within, withLimits, withPromises, withWays } from './supply/supply'
import { readCounts } from './supply/count_file'
import { amount, ceiling, dayAfter, moved, points, span, stepsOf, toggled, totalQuestion, tree } from './forecast/forecast'
import { asked } from './orders/refunds'

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
  const ahead = (day: string, mean: number, days = 1) => ({ day, days, mean, without_edits: mean, quantiles: [], level: 0, trend: 0, week: 0, season: 0, weather: 0, holiday: 0, boosted: 0, signals: 0, price: 0, promotion: 0, edits: 0 })
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
  it('reads a file of counts whole or not at all', () => {
    const items = [item('a'), item('b', -3), { ...(item('b') as object), place_id: 'north' } as never, item('c')], named = new Map([['main', 'main'], ['Main store', 'main'], ['main store', 'main'], ['north', 'north']]), known = (sku: string) => ['a', 'b', 'c', 'done'].includes(sku)
    expect(readCounts([['SKU', 'Warehouse', 'Qty'], ['a', 'MAIN STORE', '3'], ['b', 'north', '4'], ['done', '', '9'], ['', '', '']], items, known, named)).toEqual({ typed: { 'a@main': '3', 'b@north': '4' }, counted: 1, faults: [] })
    expect(readCounts([['货号', '数量'], ['a', '3'], ['b', '4'], ['x', '1'], ['c', '1.5'], ['a', '2']], items, known, named).faults).toEqual([{ line: 3, why: 'which_place', said: 'b' }, { line: 4, why: 'no_sku', said: 'x' }, { line: 5, why: 'not_whole', said: '1.5' }, { line: 6, why: 'twice', said: 'a' }])
    expect(readCounts([['a', 'nowhere', '3'], ['c', 'main', '2']], items, known, named)).toEqual({ typed: { 'c@main': '2' }, counted: 0, faults: [{ line: 1, why: 'no_place', said: 'nowhere' }] })
  })
  it('names a supplier of whom only the name is known', () => { expect(supplierId(' Kiln & Co. ')).toBe('kiln-co'); expect(supplierId('晨光 文具')).toBe('晨光-文具'); expect(supplierId('!')).toBe('supplier') })
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
  it('says when a good is gone, and what a supplier could deliver instead', () => {
    expect(gone({ state: 'out', run_out_day: 20_000, gone_again_day: 20_040 })).toEqual({ now: true, again: 20_040 })
    expect(gone({ state: 'out', run_out_day: 20_000 })).toEqual({ now: true, again: undefined })
    expect(gone({ state: 'runs_out', run_out_day: 20_003 })).toEqual({ now: false, on: 20_003 })
    const sent = [{ sku: 'A' }, { sku: 'B' }]
    expect(nearest([{ path: '/lines/1/quantity', message: 'comes in packs of 6, 12 at least; nearest: 48, 54' }], sent)).toEqual([{ sku: 'B', near: '48 / 54' }])
    expect(nearest([{ path: '/reason', message: 'is required' }, { path: '/lines/7/quantity', message: 'nearest: 1' }], sent)).toEqual([])
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
