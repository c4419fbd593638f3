// Every operation the console knows by name, in one place. Names and shapes follow the registry; when one is missing there,
// the page that needs it says so (lib/use_operation.ts).
import { call, newKey, request, type CallOptions } from './call'
import type * as T from './types'

const acting = (options: CallOptions = {}): CallOptions => ({ idempotencyKey: newKey(), ...options })
type Paging = { page_size?: number; page_token?: string }

export const session = {
  get: () => request<T.Session>('GET', '/v1/session'),
  signIn: (email: string, password: string) => request<unknown>('POST', '/v1/session/sign_in', { email, password }),
  signOut: () => request<unknown>('POST', '/v1/session/sign_out', {}),
  setUp: (body: { token: string; email: string; password: string; name: string }) => request<unknown>('POST', '/v1/session/set_up', body),
}
export const registry = () => request<{ operations: T.Operation[] }>('GET', '/v1/registry')

export const shop = { overview: (body: { days: number }) => call<T.Overview>('shop.overview', body) }

export const decisions = {
  list: (body: { state?: string } & Paging) => call<{ decisions: T.Decision[] } & T.Page>('decisions.list', body),
  approve: (decision_id: string, note = '') => call('decisions.approve', { decision_id, note }, acting()),
  reject: (decision_id: string, note = '') => call('decisions.reject', { decision_id, note }, acting()),
  undo: (decision_id: string, note = '') => call('decisions.undo', { decision_id, note }, acting()),
}
export const catalog = {
  products: (body: { query?: string; category_id?: string; status?: string } & Paging) => call<{ products: T.Product[]; facets?: T.Facet[] } & T.Page>('catalog.list_products', body),
  product: (product_id: string) => call<Record<string, unknown>>('catalog.get_product', { product_id }),
  categories: () => call<{ categories: T.Category[] }>('catalog.list_categories'),
}
export const orders = {
  list: (body: { query?: string; status?: string; customer_id?: string } & Paging) => call<{ orders: T.Order[] } & T.Page>('orders.list_orders', body),
  get: (order_id: string) => call<Record<string, unknown>>('orders.get_order', { order_id }),
}
export const customers = {
  list: (body: { query?: string } & Paging) => call<{ customers: T.Customer[] } & T.Page>('customers.list_customers', body),
  get: (customer_id: string) => call<Record<string, unknown>>('customers.get_customer', { customer_id }),
  exportPerson: (customer_id: string) => call<Record<string, unknown>>('customers.export_person', { customer_id }),
  forgetPerson: (customer_id: string) => call<Record<string, unknown>>('customers.forget_person', { customer_id }, acting()),
}
export const conversations = {
  list: (body: { query?: string; channel?: string } & Paging) => call<{ conversations: T.Conversation[] } & T.Page>('conversations.list', body),
  get: (conversation_id: string) => call<{ conversation?: T.Conversation; turns?: T.Turn[] }>('conversations.get', { conversation_id }),
}
export const ledger = {
  list: (body: Paging) => call<{ entries: T.LedgerEntry[] } & T.Page>('ledger.list', body),
  summary: () => call<Record<string, unknown>>('ledger.summary'),
}
export const jobs = {
  list: (body: { state?: string } & Paging = {}) => call<{ jobs: T.Job[] } & T.Page>('jobs.list', body),
  get: (job_id: string) => call<T.Job | { job: T.Job }>('jobs.get', { job_id }),
  cancel: (job_id: string) => call('jobs.cancel', { job_id }, acting()),
}
export const imports = {
  upload: (file: File) => { const form = new FormData(); form.append('file', file, file.name); return request<{ file_id: string }>('POST', '/v1/files', form) },
  inspect: (body: { file_id: string; kind?: string }) => call<T.Inspection>('imports.inspect', body),
  run: (body: object, options: CallOptions) => call<T.ImportReport>('imports.run', body, acting(options)),
  list: (body: Paging = {}) => call<{ imports: T.ImportRecord[] } & T.Page>('imports.list', body),
  undo: (import_id: string) => call('imports.undo', { import_id }, acting()),
}
export const audit = { list: (body: { query?: string } & Paging) => call<{ entries: T.AuditEntry[] } & T.Page>('audit.list', body) }
export const settings = {
  get: () => call<Record<string, unknown>>('settings.get'),
  update: (body: object) => call<Record<string, unknown>>('settings.update', body, acting()),
}
export const keys = {
  list: () => call<{ keys: T.ApiKey[] }>('keys.list'),
  create: (body: { name: string; scopes: string[] }) => call<{ key?: string; secret?: string; id?: string }>('keys.create', body, acting()),
  revoke: (key_id: string) => call('keys.revoke', { key_id }, acting()),
}
export const users = {
  list: () => call<{ users: T.User[] }>('users.list'),
  invite: (body: { email: string; name: string; role: string }) => call<Record<string, unknown>>('users.invite', body, acting()),
  update: (body: { user_id: string; role?: string; state?: string }) => call('users.update', body, acting()),
}
