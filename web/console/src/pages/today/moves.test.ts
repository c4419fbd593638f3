// The figure of market moves leads to the first of them, from whichever list is open and past the ones that are shown first.
import { flushPromises, mount } from '@vue/test-utils'
import { createPinia } from 'pinia'
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { i18n, useLocale } from '../../i18n'
import { decisions, shop } from '../../api'
import { overview } from '../../api/adapt'
import { router } from '../../router'
import Today from './Today.vue'

const one = (i: number, kind: string) => ({ id: `d${i}`, state: 'proposed', kind, title_en: `Decision ${i}`, title_zh: `决定 ${i}`, created_at_ms: i, value_minor: 1000 - i })
const many = [...Array.from({ length: 12 }, (_, i) => one(i, 'supply_purchase')), one(12, 'market_undercut'), one(13, 'market_rank')]

beforeAll(() => useLocale('en'))
// What else the page asks for (jobs) stays unanswered.
beforeEach(() => vi.stubGlobal('fetch', () => new Promise(() => undefined)))
afterEach(() => { vi.restoreAllMocks(); vi.unstubAllGlobals() })

async function page(moves: number, rows = many) {
  vi.spyOn(shop, 'overview').mockImplementation(async () => overview({ currency: 'CNY', figures: [{ name: 'orders', unit: 'count', value: 3, before: 2 }], open_decisions: rows.length, market_moves: moves, orders_to_ship: 0, skus_out_of_stock: 0, running_jobs: 0 }))
  const list = vi.spyOn(decisions, 'list').mockImplementation(async (body) => ({ rows: body.state === 'proposed' ? rows : [] }))
  const w = mount(Today, { attachTo: document.body, global: { plugins: [i18n, createPinia(), router] } })
  await flushPromises()
  return { w, list }
}

it('goes to the first move, which is beyond the decisions shown first', async () => {
  const { w } = await page(2)
  expect(w.findAll('[data-decision]').length).toBe(8)
  await w.find('[data-moves]').trigger('click')
  await flushPromises()
  expect(w.findAll('[data-decision]').length).toBe(many.length)
  expect((document.activeElement as HTMLElement).dataset.decision).toBe('d12')
  w.unmount()
})
it('opens the list of those that wait when another is open', async () => {
  const { w, list } = await page(2)
  await w.findAll('button').find((b) => /Rejected/i.test(b.text()))!.trigger('click')
  await flushPromises()
  expect(w.findAll('[data-decision]').length).toBe(0)
  await w.find('[data-moves]').trigger('click')
  await flushPromises()
  expect(list.mock.lastCall?.[0]).toMatchObject({ state: 'proposed' })
  expect((document.activeElement as HTMLElement).dataset.decision).toBe('d12')
  w.unmount()
})
it('shows no button where nothing moved', async () => {
  const { w } = await page(0)
  expect(w.find('[data-moves]').exists()).toBe(false)
  w.unmount()
})
