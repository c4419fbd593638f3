// Answers as the engine's described structs write them, and what pages get from them.
import { describe, expect, it } from 'vitest'
import * as from from './adapt'

describe('adapt', () => {
  it('overview: figures in their order, days from dates, movers both ways', () => {
    const o = from.overview({ currency: 'CNY', from_ms: 0, until_ms: 1, figures: [{ name: 'visits', value: 10, before: 5, unit: 'count' }, { name: 'gmv', value: 100, before: 80, unit: 'minor' }, { name: 'conversion', value: 0.1, before: 0, unit: 'share' }], daily: [{ date: '1970-01-03', gmv_minor: 7, orders: 1 }], rising: [{ product_id: 'p', title_en: 'P', title_zh: '', gmv_minor: 9, before_minor: 3 }], falling: [], open_decisions: 1, orders_to_ship: 2, skus_out_of_stock: 0, running_jobs: 0 })
    expect(o.figures?.map((f) => [f.key, f.unit, f.previous])).toEqual([['gmv', 'money', 80], ['conversion', 'share', 0], ['visits', 'count', 5]])
    expect(o.days?.[0]).toMatchObject({ day: 2, gmv_minor: 7 })
    expect(o.movers).toMatchObject([{ product_id: 'p', direction: 'up', value: 9, previous: 3 }])
    expect(o.waiting).toEqual({ orders_to_ship: 2, skus_out_of_stock: 0, open_decisions: 1, running_jobs: 0 })
  })
  it('decision: undo only where it was carried out and can be taken back', () => {
    const wire = { decision_id: 'd', state: 'executed', reason_zh: '因为', expected_minor: 5, expected_low_minor: 1, expected_high_minor: 9, operation: 'catalog.set_price', undo_operation: 'catalog.set_price', currency: '', evidence: [{ label: 'Stock', value: 3, link: '/x' }] }
    expect(from.decision(wire)).toMatchObject({ id: 'd', why_zh: '因为', value_minor: 5, value_low_minor: 1, carried_out_by: 'catalog.set_price', undoable: true, evidence: [{ text: 'Stock', value: '3' }] })
    expect(from.decision({ ...wire, undo_operation: '' }).undoable).toBe(false)
    expect(from.decision({ ...wire, state: 'proposed' }).undoable).toBe(false)
    expect(from.decision(wire)).not.toHaveProperty('currency')
    expect(from.decision({ decision_id: 'd', state: 'proposed', evidence: null }).evidence).toEqual([])
  })
  it('product: lowest price and all stock of its variants; nought stays nought', () => {
    const p = from.productDetail({ product: { product_id: 'p', attributes: [{ name: 'height', text_en: '', text_zh: '', number: 24, unit: 'cm' }], variants: [{ sku: 'a', price_minor: 9, stock: 0 }, { sku: 'b', price_minor: 7, stock: 0 }], pictures: [{ url: '/x' }] }, currency: 'CNY', reviews: 3 })
    expect(p).toMatchObject({ id: 'p', price_minor: 7, stock: 0, currency: 'CNY', media: [{ url: '/x' }], reviews: 3, attributes: [{ name: 'height', value: 24, unit: 'cm' }] })
    expect((from.productDetail({ product: { product_id: 'p', attributes: [{ name: 'length', text_en: '132cm', text_zh: '', number: 132, unit: 'cm' }] } }) as any).attributes[0]).not.toHaveProperty('unit')  // the text says it already
    expect(from.productDetail({ product: { product_id: 'p', variants: [] } })).not.toHaveProperty('stock')
  })
  it('order: its course from its times, line totals after discounts', () => {
    const o = from.orderDetail({ order_id: 'o', placed_at_ms: 1, shipped_at_ms: 5, status: 'shipped', discount_minor: 30, tracking: 'SF 1', contact: { name: 'Lin', city: '上海' }, lines: [{ sku: 's', quantity: 2, unit_price_minor: 50, discount_minor: 10 }] }) as any
    expect(o.history).toEqual([{ status: 'placed', at_ms: 1 }, { status: 'shipped', at_ms: 5, note: 'SF 1' }])
    expect(o.lines[0].total_minor).toBe(90)
    expect(o).toMatchObject({ id: 'o', customer_name: 'Lin', discount_minor: -30, ship_to: { city: '上海' } })
    expect((from.orderDetail({ order_id: 'o', placed_at_ms: 1, status: 'cancelled' }) as any).history.at(-1).status).toBe('cancelled')
  })
  it('job: done is over, the error is readable, the log has text', () => {
    expect(from.jobDetail({ job: { job_id: 'j', state: 'done', doing: 'lines', ended_at_ms: 9, result: { a: 1 }, error: null }, log: [{ at_ms: 1, line: 'x' }] })).toMatchObject({ id: 'j', state: 'succeeded', what: 'lines', finished_at_ms: 9, log: [{ text: 'x' }] })
    expect(from.job({ job_id: 'j', state: 'failed', error: { error: { reason: 'disk_full', message: 'm' } } }).error).toEqual({ reason: 'disk_full', message: 'm' })
    expect(from.job({ job_id: 'j', state: 'running', error: {}, result: null })).not.toHaveProperty('error')
  })
  it('conversation: messages as turns, cards as products', () => {
    const t = from.transcript({ conversation_id: 'c', kind: 'guide', status: 'open', topic: 'kettle', messages: [{ role: 'guide', body: 'Here', data: { products: [{ product_id: 'p' }] }, at_ms: 1 }, { role: 'shopper', body: '', data: null, at_ms: 2 }] })
    expect(t.conversation).toMatchObject({ id: 'c', kind: 'dialogue', state: 'open', preview: 'kettle', turns: 2 })
    expect(t.turns).toMatchObject([{ text: 'Here', products: [{ id: 'p' }] }, { role: 'shopper' }])
  })
  it('people and keys', () => {
    expect(from.user({ user_id: 'u', disabled: true })).toMatchObject({ id: 'u', state: 'disabled' })
    expect(from.user({ user_id: 'u', disabled: false }).state).toBe('enabled')
    expect(from.apiKey({ key_id: 'k', scopes: 'orders.read catalog.*', revoked_at_ms: 4 })).toMatchObject({ id: 'k', scopes: ['orders.read', 'catalog.*'], revoked: true })
    expect(from.apiKey({ key_id: 'k', scopes: '' })).toMatchObject({ scopes: [], revoked: false })
    expect(from.customerDetail({ customer_id: 'c', created_at_ms: 3, consents: [] })).toMatchObject({ id: 'c', first_seen_at_ms: 3 })
    expect(from.auditEntry({ seq: 7, caller: 'x', summary: '{}' })).toMatchObject({ id: '7', actor: 'x', target: '{}' })
    expect(from.ledgerEntry({ entry_id: 'e', value_kind: 'roles', evidence: 'study' })).toMatchObject({ id: 'e', kind: 'roles', note: 'study' })
    expect(from.ledgerEntry({ entry_id: 'e', value_kind: 'efficiency', evidence: 'worth it\n值得' })).toMatchObject({ note_en: 'worth it', note_zh: '值得' })
  })
})
