import { mount } from '@vue/test-utils'
import { ElForm } from 'element-plus'
import { createPinia } from 'pinia'
import { beforeAll, describe, expect, it } from 'vitest'
import { h, nextTick, reactive } from 'vue'
import { i18n, useLocale } from '../i18n'
import { initialValue, type Schema } from '../lib/schema'
import type { FieldError } from '../api/call'
import { usePreferences } from '../stores/preferences'
import SchemaForm from './SchemaForm.vue'

const schema: Schema = {
  type: 'object', required: ['customer_id', 'lines'],
  properties: {
    customer_id: { type: 'string', description: 'Customer placing the order.' }, currency: { type: 'string', enum: ['CNY', 'EUR'], default: 'CNY' },
    quantity: { type: 'integer', minimum: 1, maximum: 9999 }, fee_minor: { type: 'integer' }, note: { type: 'string', maxLength: 2000 }, gift: { type: 'boolean' }, secret: { type: 'string', writeOnly: true }, extra: {},
    lines: { type: 'array', maxItems: 2, items: { type: 'object', required: ['sku'], properties: { sku: { type: 'string' }, quantity: { type: 'integer', default: 1 } } } },
    ship_to: { type: 'object', properties: { city: { type: 'string' } } },
  },
}
function form(errors: FieldError[] = [], value = initialValue(schema) as Record<string, any>) {
  const model = reactive(value)
  const w = mount(ElForm, { global: { plugins: [i18n, createPinia()] }, slots: { default: () => h(SchemaForm, { schema, errors, modelValue: model }) } })
  return { w, model, field: (p: string) => w.find(`[data-field="${p}"]`) }
}
beforeAll(async () => { await useLocale('zh-CN'); await useLocale('en') })
const speak = async (l: 'en' | 'zh-CN') => { await useLocale(l); return usePreferences(createPinia()) }

describe('SchemaForm', () => {
  it('makes a widget for every field', () => {
    const { w, field } = form()
    expect(w.findAll('[data-field]').length).toBe(Object.keys(schema.properties!).length)
    expect(field('/note').find('textarea').exists()).toBe(true)
    expect(field('/currency').find('.el-select').exists()).toBe(true)
    expect(field('/quantity').find('.el-input-number').exists()).toBe(true)
    expect(field('/gift').find('.el-switch').exists()).toBe(true)
    expect(field('/secret').find('input[type=password]').exists()).toBe(true)
  })
  it('gives a number one widget alone, and says what minor units are worth', async () => {
    const { w, field } = form([], { ...(initialValue(schema) as object), quantity: 800, fee_minor: 800 })
    expect(w.findAll('[data-set]').map((b) => b.attributes('data-set'))).toEqual(['ship_to'])
    expect(field('/fee_minor').find('.as-money').text()).toContain('8.00')
    expect(field('/quantity').find('.as-money').exists()).toBe(false)
  })
  it('writes what is typed into the request', async () => {
    const { field, model } = form()
    await field('/customer_id').find('input').setValue('cus_1')
    expect(model.customer_id).toBe('cus_1')
  })
  it('adds, fills and removes lines, and stops at the most that is allowed', async () => {
    const { w, model, field } = form()
    const add = () => w.find('[data-add="lines"]')
    await add().trigger('click')
    await add().trigger('click')
    expect(model.lines).toEqual([{ quantity: 1 }, { quantity: 1 }])
    expect(add().attributes('disabled')).toBeDefined()
    await field('/lines/1/sku').find('input').setValue('B2')
    await w.find('fieldset .remove').trigger('click')
    expect(model.lines).toEqual([{ sku: 'B2', quantity: 1 }])
  })
  it('opens an optional group only when it is wanted', async () => {
    const { w, model, field } = form()
    expect(model.ship_to).toBeUndefined()
    await w.find('[data-set="ship_to"]').trigger('click')
    await field('/ship_to/city').find('input').setValue('上海')
    expect(model.ship_to).toEqual({ city: '上海' })
  })
  it('marks what is required and documents every field with its limits', async () => {
    await speak('en')
    const { field } = form()
    expect(field('/customer_id').classes()).toContain('is-required')
    expect(field('/quantity').classes()).not.toContain('is-required')
    expect(field('/customer_id').text()).toContain('Customer placing the order.')
    expect(field('/quantity').text()).toContain('1 to 9,999')
    expect(field('/currency').text()).toContain('without it: CNY')
  })
  it('marks a line’s own needs, not those of the list around it', () => {
    const { field } = form([], { lines: [{}] })
    expect(field('/lines/0/sku').classes()).toContain('is-required')
    expect(field('/lines/0/quantity').classes()).not.toContain('is-required')
  })
  it('puts every error of the engine under its own field, in the language in use', async () => {
    await speak('zh-CN')
    const errors = [{ path: '/customer_id', reason: 'required', message: 'is required' }, { path: '/lines/0/sku', reason: 'a_reason_of_tomorrow', message: 'is odd' }]
    const { field } = form(errors, { lines: [{ sku: 'x' }] })
    await nextTick()
    await expect.poll(() => field('/customer_id').text()).toContain('必填。')
    await expect.poll(() => field('/lines/0/sku').text()).toContain('is odd')  // unknown reason: the engine's own words
    expect(field('/quantity').find('.el-form-item__error').exists()).toBe(false)
  })
  it('takes any JSON where any is allowed, and says when it is none', async () => {
    const { field, model } = form()
    await field('/extra').find('textarea').setValue('{"a":[1]}')
    expect(model.extra).toEqual({ a: [1] })
    await field('/extra').find('textarea').setValue('{"a":')
    await expect.poll(() => field('/extra').find('.el-form-item__error').exists()).toBe(true)
    expect(model.extra).toEqual({ a: [1] })
  })
})
