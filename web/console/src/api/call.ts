// One way to reach the engine: call(operation, body). Knows the wire (paths, headers, error shape) and nothing about any module.

export interface FieldError { path: string; reason: string; message: string }

/** What an operation answered instead of a result. `reason` is stable and is the translation key; `message` is English for a person. */
export class ApiError extends Error {
  constructor(
    readonly status: number, readonly code: string, readonly reason: string, message: string,
    readonly fields: FieldError[] = [], readonly requestId = '',
  ) { super(message) }
  /** The engine does not have this operation: a page then says so instead of showing an error. */
  get absent() { return this.reason === 'unknown_operation' }
}

export interface CallOptions {
  dryRun?: boolean
  /** A repeated key makes the engine answer again instead of doing again. Given by callers that change something. */
  idempotencyKey?: string
  signal?: AbortSignal
  /** Answer with a job instead of waiting. */
  asJob?: boolean
}

export const path = (operation: string) => `/v1/${operation.replace('.', '/')}`

/** A fresh idempotency key. `randomUUID` is missing on plain http from another machine, `getRandomValues` is not. */
export const newKey = () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('')

const cookie = (name: string) =>
  document.cookie.split('; ').find((c) => c.startsWith(`${name}=`))?.slice(name.length + 1) ?? ''

let shop = ''
export const useShop = (id: string) => { shop = id }

/** Told of every 401, so that the session store can lead to the sign-in page. */
export const onSignedOut: { handler?: () => void } = {}

export function toApiError(status: number, body: unknown, requestId = ''): ApiError {
  const e = (body as { error?: Partial<ApiError> & { request_id?: string } } | null)?.error
  if (e && typeof e === 'object' && e.reason)
    return new ApiError(status, e.code ?? 'internal', e.reason, e.message ?? '', Array.isArray(e.fields) ? e.fields : [], e.request_id ?? requestId)
  const reason = status === 404 ? 'unknown_operation' : status === 401 ? 'not_signed_in' : status === 413 ? 'body_too_large' : 'unexpected_answer'
  return new ApiError(status, 'internal', reason, `HTTP ${status}`, [], requestId)
}

export async function request<T>(method: string, url: string, body?: unknown, options: CallOptions = {}): Promise<T> {
  const headers: Record<string, string> = { Accept: 'application/json' }
  const form = body instanceof FormData
  if (body !== undefined && !form) headers['Content-Type'] = 'application/json'
  if (shop) headers['X-Kindling-Shop'] = shop
  if (options.idempotencyKey) headers['Idempotency-Key'] = options.idempotencyKey
  if (options.dryRun) headers['X-Dry-Run'] = 'true'
  if (options.asJob) headers.Prefer = 'respond-async'
  const csrf = method === 'GET' ? '' : cookie('kindling_csrf')
  if (csrf) headers['X-CSRF-Token'] = decodeURIComponent(csrf)
  let response: Response
  try {
    response = await fetch(url, { method, headers, body: form ? body : body === undefined ? undefined : JSON.stringify(body), signal: options.signal ?? null, credentials: 'same-origin' })
  } catch (e) {
    if ((e as Error).name === 'AbortError') throw e
    throw new ApiError(0, 'unavailable', 'not_reachable', 'The engine cannot be reached.')
  }
  const text = await response.text()
  let answer: unknown = null
  try { answer = text ? JSON.parse(text) : {} } catch { /* not JSON: told below by the status */ }
  if (response.ok && answer !== null) return answer as T
  if (response.status === 401) onSignedOut.handler?.()
  throw toApiError(response.ok ? 502 : response.status, answer, response.headers.get('X-Request-Id') ?? '')
}

export const call = <T = Record<string, unknown>>(operation: string, body: object = {}, options: CallOptions = {}) =>
  request<T>('POST', path(operation), body, options)
