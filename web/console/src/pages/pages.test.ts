// The logic of the pages, without their looks.
import { describe, expect, it } from 'vitest'
import { byScenario as chainBy, chain, moduleOf, readiness, scenariosOf } from '../lib/chain'
import { en } from '../i18n/en'
import { score } from '../lib/palette'
import { columnsOf, kindOf, listAt, unwrap } from '../lib/values'
import { router, safeNext } from '../router'
import { isOver, mergeJob } from '../stores/jobs'
import { permits } from '../stores/session'
import { attributes, roots } from './catalogue/catalogue'
import { faults, mapped, request } from './data/data'
import { armsOf, holdOut, lines, nameOfArm, switchSays, verdict } from './experiments/experiments'
import { byScenario, experimentOf, rangeOf, spanOf } from './ledger/ledger'
import { doingKey, firstClause } from './jobs/use_job_words'
import { nextSteps } from './orders/orders'
import { commandLine, curl, mcp, quote } from './operations/snippets'
import { empty, hundredths, listOf, toDraft, toPromotion } from './promotions/promotions'
import { readMarks } from './quality/marks'
import { lineOf, readOccasions, writeOccasions } from './quality/occasions'
import { emptyRow, said, toRow, toRowDraft, withRow } from './recommendations/recommendations'
import { emptyRule, ruleFits, toRule, toRuleDraft } from './search/rules'
import { changes, groupOf, groupSchema, groupsOf, groupValues } from './settings/settings'
import { byValue, greeting, keyFigures, onAxis, worth } from './today/today'

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
