import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { ApiError, call, newKey, onSignedOut, path, request, toApiError, useShop } from './call'

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) => new Response(typeof body === 'string' ? body : JSON.stringify(body), { status, headers })
const fetch = vi.fn<(url: string, init: RequestInit) => Promise<Response>>()
const failure = async (p: Promise<unknown>) => p.then(() => { throw new Error('should have failed') }, (e) => e as ApiError)
beforeEach(() => { fetch.mockReset(); vi.stubGlobal('fetch', fetch) })
afterEach(() => { vi.unstubAllGlobals(); useShop(''); delete onSignedOut.handler })

describe('call', () => {
  it('posts JSON to /v1/<module>/<verb>', async () => {
    fetch.mockResolvedValue(answer(200, { ok: 1 }))
    expect(await call('orders.list_orders', { page_size: 5 })).toEqual({ ok: 1 })
    const [url, init] = fetch.mock.calls[0]!
    expect(url).toBe('/v1/orders/list_orders')
    expect(init.method).toBe('POST')
    expect(init.body).toBe('{"page_size":5}')
    expect(path('a.b_c')).toBe('/v1/a/b_c')
  })
  it('sends shop, idempotency key, dry run and the CSRF token of the cookie', async () => {
    document.cookie = 'kindling_csrf=a%2Fb'
    useShop('shp_1')
    fetch.mockResolvedValue(answer(200, {}))
    await call('orders.place', {}, { dryRun: true, idempotencyKey: 'k', asJob: true })
    expect(fetch.mock.calls[0]![1].headers).toMatchObject({ 'X-Kindling-Shop': 'shp_1', 'X-Dry-Run': 'true', 'Idempotency-Key': 'k', 'X-CSRF-Token': 'a/b', Prefer: 'respond-async' })
  })
  it('gives a file its own content type', async () => {
    fetch.mockResolvedValue(answer(200, { file_id: 'f' }))
    const form = new FormData()
    await request('POST', '/v1/files', form)
    expect(fetch.mock.calls[0]![1].headers).not.toHaveProperty('Content-Type')
    expect(fetch.mock.calls[0]![1].body).toBe(form)
  })
  it('makes keys that differ', () => { expect(newKey()).toMatch(/^[0-9a-f]{32}$/); expect(newKey()).not.toBe(newKey()) })
})
describe('errors', () => {
  it('carry reason, fields and request id as the engine said them', async () => {
    fetch.mockResolvedValue(answer(400, { error: { code: 'invalid_argument', reason: 'invalid_request', message: 'The request has invalid fields.', fields: [{ path: '/a', reason: 'required', message: 'is required' }], request_id: 'req_1' } }))
    const e = await failure(call('a.b'))
    expect(e).toBeInstanceOf(ApiError)
    expect(e).toMatchObject({ status: 400, code: 'invalid_argument', reason: 'invalid_request', requestId: 'req_1', fields: [{ path: '/a' }], absent: false })
  })
  it('tell an absent operation from an absent thing', () => {
    expect(toApiError(404, { error: { reason: 'unknown_operation', code: 'not_found', message: '' } as never }).absent).toBe(true)
    expect(toApiError(404, { error: { reason: 'product_not_found', code: 'not_found', message: '' } as never }).absent).toBe(false)
    expect(toApiError(404, null).absent).toBe(true)
  })
  it('survive answers that are no JSON, no error, or nothing at all', async () => {
    fetch.mockResolvedValue(answer(502, '<html>bad gateway</html>', { 'X-Request-Id': 'req_9' }))
    expect(await failure(call('a.b'))).toMatchObject({ status: 502, reason: 'unexpected_answer', requestId: 'req_9' })
    fetch.mockResolvedValue(answer(200, 'not json'))
    expect(await failure(call('a.b'))).toMatchObject({ status: 502, reason: 'unexpected_answer' })
    fetch.mockRejectedValue(new TypeError('Failed to fetch'))
    expect(await failure(call('a.b'))).toMatchObject({ status: 0, reason: 'not_reachable' })
    expect(toApiError(413, 'x')).toMatchObject({ reason: 'body_too_large' })
    expect(toApiError(400, { error: { reason: 'r', fields: 'not a list' } as never }).fields).toEqual([])
  })
  it('take an empty answer for an empty object', async () => { fetch.mockResolvedValue(answer(200, '')); expect(await call('a.b')).toEqual({}) })
  it('tell of a lost session once per answer', async () => {
    onSignedOut.handler = vi.fn()
    fetch.mockResolvedValue(answer(401, {}))
    expect(await failure(call('a.b'))).toMatchObject({ reason: 'not_signed_in' })
    expect(onSignedOut.handler).toHaveBeenCalledTimes(1)
  })
})
