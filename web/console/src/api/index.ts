// Every operation the console knows by name, in one place. Requests carry only fields that the operation declares (the engine
// refuses others); answers go through adapt.ts. When an operation is missing, the page that needs it says so (lib/use_operation.ts).
import type { Plain } from '../lib/values'
import * as from from './adapt'
import { ApiError, call, newKey, request, type CallOptions } from './call'
import type * as G from './operations'
import type * as T from './types'

const acting = (options: CallOptions = {}): CallOptions => ({ idempotencyKey: newKey(), ...options })
type Paging = { page_size?: number; page_token?: string }

/** Which request fields an operation declares; set by the registry store, which waits until the registry is there. */
export const declared: { fields?: (operation: string) => Promise<Set<string> | undefined> } = {}
const fieldsOf = async (operation: string) => (await declared.fields?.(operation)) ?? undefined
async function list<Row>(operation: string, key: string, adapt: (r: Plain) => Row, body: Plain): Promise<{ rows: Row[]; total?: number; next?: string }> {
  const { page_size: _size, page_token: _token, ...wanted } = body
  const known = Object.keys(wanted).length ? await fieldsOf(operation) : undefined
  const sent = known ? Object.fromEntries(Object.entries(body).filter(([k]) => known.has(k))) : body
  const a = await call<Plain>(operation, sent)
  const p = from.page(a)
  return { rows: (Array.isArray(a[key]) ? (a[key] as Plain[]) : []).map(adapt), ...(p.total !== undefined ? { total: p.total } : {}), ...(p.next_page_token ? { next: p.next_page_token } : {}) }
}

export const session = {
  get: () => request<T.Session>('GET', '/v1/session'),
  signIn: (email: string, password: string) => request<unknown>('POST', '/v1/session/sign_in', { email, password }),
  signOut: () => request<unknown>('POST', '/v1/session/sign_out', {}),
  setUp: (body: { token: string; email: string; password: string; name: string }) => request<unknown>('POST', '/v1/session/set_up', body),
}
export const registry = () => request<{ operations: T.Operation[] }>('GET', '/v1/registry')
export const shop = { overview: async (body: { days: number }) => from.overview(await call('shop.overview', body)) }

export const decisions = {
  list: (body: { state?: string; scenario?: string } & Paging) => list('decisions.list', 'decisions', from.decision, body),
  approve: (decision_id: string, note = '') => call('decisions.approve', { decision_id, note }, acting()),
  reject: (decision_id: string, note = '') => call('decisions.reject', { decision_id, note }, acting()),
  undo: (decision_id: string, note = '') => call('decisions.undo', { decision_id, note }, acting()),
}
export const catalog = {
  products: (body: { query?: string; category_id?: string; status?: string } & Paging) => list('catalog.list_products', 'products', from.product, body),
  product: async (product_id: string) => from.productDetail(await call('catalog.get_product', { product_id })),
  categories: async () => ({ categories: (await list('catalog.list_categories', 'categories', from.category, {})).rows }),
  setPrice: (body: { sku: string; price_minor: number; compare_at_minor?: number; reason?: string }) => call('catalog.set_price', body, acting()),
  setPictures: (product_id: string, pictures: object[], before: string[]) => call<G.PicturesSet>('catalog.set_pictures', { product_id, pictures, before } as Plain, acting()),
  attributeNames: async () => new Map((await list('catalog.list_attributes', 'attributes', (a) => a, {})).rows.map((a) => [String(a.name), a])),
}
export const assortment = {
  plan: (body: { action?: string } & Paging) => call<G.PlanPage>('assortment.plan', body),
  items: async (body: { action?: string } & Paging) => { const p = await call<G.PlanPage>('assortment.plan', body); return { rows: p.items, total: p.total, next: p.next_page_token } },
  propose: async (body: object) => String((await call<{ job_id: string }>('assortment.propose', body, acting({ asJob: true }))).job_id),
  whatIf: (body: object) => call<G.Imagined>('assortment.whatif', body),
  simulate: async (body: object) => String((await call<{ job_id: string }>('assortment.simulate', body, acting({ asJob: true }))).job_id),
}
export const forecast = {
  status: () => call<G.ForecastStatus>('forecast.status', {}),
  run: async () => String((await call<{ job_id: string }>('forecast.run', {}, acting({ asJob: true }))).job_id),
  lookBack: async (until: string) => String((await call<{ job_id: string }>('forecast.run', { until, horizon_days: 56 }, acting({ asJob: true }))).job_id),
  edits: async () => (await call<G.EditList>('forecast.list_edits', {})).edits,
  demand: (body: object) => call<G.Demand>('forecast.demand', body as Plain),
  total: (body: object) => call<G.ForecastTotal>('forecast.total', body as Plain),
  items: async (body: object) => { const p = await call<G.ForecastPage>('forecast.list', body as Plain); return { rows: p.items, total: p.total, next: p.next_page_token } },
  accuracy: (body: object) => call<G.AccuracyReport>('forecast.accuracy', body as Plain),
  edit: (body: object) => call<G.ForecastEdit>('forecast.edit', body as Plain, acting()),
  undoEdit: (edit_id: string) => call<G.ForecastEdit>('forecast.undo_edit', { edit_id }, acting()),
  choose: (body: object) => call<G.ChosenModel>('forecast.choose_model', body as Plain, acting()),
  whatif: (body: object) => call<G.WhatIfAnswer>('forecast.whatif', body as Plain),
  takeWeather: async (file: File) => call<G.TakenWeather>('forecast.import_weather', { file_id: (await imports.upload(file)).file_id }, acting()),
  nextNeed: (customer_id: string, days: number) => call<G.NextNeeds>('forecast.next_need', { customer_id, days }),
  unmet: () => call<G.UnmetNeeds>('forecast.unmet_needs', {}),
  handOn: (words: string) => call<{ decision_id: string }>('forecast.hand_on_need', { words }, acting()),
  write: (body: object) => call<{ file_name: string; url: string; rows: number }>('forecast.export', body as Plain, acting()),
}
export const supply = {
  plan: async (body: { all_suppliers: boolean }) => String((await call<{ job_id: string }>('supply.plan', body, acting({ asJob: true }))).job_id),
  position: (body: { show?: string; query?: string } & Paging) => call<G.PositionPage>('supply.position', body),
  items: async (body: { show?: string; query?: string } & Paging) => { const p = await call<G.PositionPage>('supply.position', body); return { rows: p.items, total: p.total, next: p.next_page_token } },
  good: (body: { sku: string; place_id: string }) => call<G.StockedGood>('supply.good', body),
  proposals: async (body: { open_only: boolean } & Paging) => { const p = await call<G.ProposalPage>('supply.proposals', body); return { rows: p.proposals, total: p.total, next: p.next_page_token } },
  edit: (body: { decision_id: string; reason: string; lines: { sku: string; quantity: number }[] }) => call<G.PurchaseProposal>('supply.edit_proposal', body, acting()),
  alerts: async (body: { kind?: string } & Paging) => { const p = await call<G.AlertPage>('supply.alerts', body); return { rows: p.alerts, total: p.total, next: p.next_page_token } },
  places: () => call<G.PlacesOfStock>('supply.places', {}),
  order: (purchase_order_id: string) => call<G.Purchase>('supply.order', { purchase_order_id }),
  receive: (body: { purchase_order_id: string; lines: { sku: string; quantity: number }[]; more_to_come: boolean }) => call<G.Purchase>('supply.receive_order', body, acting()),
  suppliers: async () => (await call<G.SupplierList>('supply.list_suppliers', {})).suppliers,
  saveSuppliers: (suppliers: object[]) => call('supply.save_suppliers', { suppliers }, acting()),
  terms: async (sku: string) => (await call<G.SupplyTermPage>('supply.list_terms', { sku })).terms,
  saveTerms: (terms: object[]) => call('supply.save_terms', { terms }, acting()),
  count: (moves: { sku: string; place_id: string; quantity: number }[], reference: string) => call('stock.record_moves', { moves: moves.map((m) => ({ ...m, kind: 'adjusted', reference })) }, acting()),
  allocate: async () => String((await call<{ job_id: string }>('supply.allocate', {}, acting({ asJob: true }))).job_id),
  front: async (item_places: number) => String((await call<{ job_id: string }>('supply.front_items', { item_places }, acting({ asJob: true }))).job_id),
  placement: async () => String((await call<{ job_id: string }>('supply.placement', {}, acting({ asJob: true }))).job_id),
  setLevel: (body: object) => call<G.LevelByHand>('supply.set_level', body as Plain, acting()),
  endLevel: (level_id: string) => call<G.LevelByHand>('supply.end_level', { level_id }, acting()),
  levels: (body: { sku?: string; place_id?: string }) => call<G.LevelsByHand>('supply.list_levels', body),
  settings: () => call<G.SupplySettings>('supply.settings', {}),
  saveSettings: (body: object) => call<G.SupplySettings>('supply.save_settings', body, acting()),
  policies: async (body: object) => String((await call<{ job_id: string }>('supply.policies', body as Plain, acting({ asJob: true }))).job_id),
  chain: async (sku: string) => String((await call<{ job_id: string }>('supply.chain_levels', { sku }, acting({ asJob: true }))).job_id),
  warehouse: async (sku: string) => String((await call<{ job_id: string }>('supply.warehouse_levels', { sku }, acting({ asJob: true }))).job_id),
  simulate: async (body: { days: number; also_by?: readonly G.LevelRule[]; policies?: readonly G.OrderPolicy[]; by_hand?: G.HandDays }, book: boolean) => String((await call<{ job_id: string }>(book ? 'supply.book_backtest' : 'supply.simulate', body, acting({ asJob: true }))).job_id),
}
export const orders = {
  async list(body: { query?: string; status?: string; customer_id?: string } & Paging) {
    // an engine that cannot search orders can still find one by its number
    if (body.query && !(await fieldsOf('orders.list_orders'))?.has('query')) {
      try { return { rows: [from.order(from.orderDetail(await call('orders.get_order', { order_id: body.query })))], total: 1 } } catch (e) { if (e instanceof ApiError && !e.absent && (e.status === 404 || e.status === 400)) return { rows: [], total: 0 }; throw e }
    }
    return list('orders.list_orders', 'orders', from.order, { ...body, expand: ['contact'] })
  },
  async get(order_id: string) {
    const ifKnown = <T>(asked: Promise<T>) => asked.catch((e) => { if (e instanceof ApiError && e.absent) return undefined; throw e })
    const [order, back, money, asked] = await Promise.all([call('orders.get_order', { order_id }), ifKnown(call<G.ReturnedLines>('orders.list_returns', { order_id })), ifKnown(call<G.Refunds>('orders.list_refunds', { order_id })), ifKnown(call<G.RequestPage>('orders.list_return_requests', { order_id }))])
    return { ...from.orderDetail(order), ...(back ? { returns: back.returns } : {}), ...(money ? { refunds: money.refunds } : {}), ...(asked ? { requests: asked.requests } : {}) } as Plain
  },
  markRefunded: (refund_id: string, reference: string) => call('payments.mark_refunded', { refund_id, ...(reference ? { reference } : {}) }, acting()),
  refunds: async (body: object) => { const p = await call<G.RefundPage>('payments.list_refunds', body as Plain); return { rows: p.refunds, total: p.total, next: p.next_page_token, sums: p } },
  settleRefund: (refund_id: string) => call<G.Settled>('payments.settle_refunds', { refund_id }, acting()),
  move: (order_id: string, status: string, tracking = '') => call('orders.move_order', { order_id, status, ...(tracking ? { tracking } : {}) }, acting()),
  cancel: (order_id: string, reason = '') => call('orders.cancel_order', { order_id, ...(reason ? { reason } : {}) }, acting()),
  returnRequests: async (body: { status?: string } & Paging) => { const p = await call<G.RequestPage>('orders.list_return_requests', body); return { rows: p.requests, next: p.next_page_token } },
  decideReturn: (request_id: string, accept: boolean, answer: string) => call('orders.decide_return', { request_id, accept, answer }, acting()),
}
export const customers = {
  async list({ query, ...body }: { query?: string } & Paging) {
    const byMail = query && !(await fieldsOf('customers.list_customers'))?.has('query')
    return list('customers.list_customers', 'customers', from.customer, { ...body, ...(query ? (byMail ? { email: query } : { query }) : {}) })
  },
  get: async (customer_id: string) => from.customerDetail(await call('customers.get_customer', { customer_id })),
  exportPerson: (customer_id: string) => call<Plain>('customers.export_person', { customer_id }),
  forgetPerson: (customer_id: string) => call<Plain>('customers.forget_person', { customer_id }, acting()),
}
export const conversations = {
  list: (body: { query?: string; kind?: string; status?: string } & Paging) => list('conversations.list', 'conversations', from.conversation, body),
  get: async (conversation_id: string) => from.transcript(await call('conversations.get', { conversation_id })),
  reply: (conversation_id: string, text: string) => call('conversations.reply', { conversation_id, text }, acting()),
  setStatus: (conversation_id: string, status: string) => call('conversations.set_status', { conversation_id, status }, acting()),
}
export const guide = {
  quality: (body: { outcome?: string; topic?: string; page_token?: string }) => call<T.QualityReport>('dialogue.quality', body),
  replay: (conversation_id: string) => call<{ turns: T.ReplayedTurn[] }>('dialogue.replay', { conversation_id }),
  exportQuality: () => call<{ csv: string }>('dialogue.export_quality', {}),
  learn: () => call<G.Learned>('dialogue.learn', {}, acting()),
  cases: () => call<{ cases: { case_id: string; name: string; kept: boolean; fault?: string; turns: number }[]; kept: number }>('dialogue.check_cases', {}),
  keepCase: (conversation_id: string, name: string) => call('dialogue.keep_case', { conversation_id, name }, acting()),
  removeCase: (case_id: string) => call('dialogue.remove_case', { case_id }, acting()),
  /** A turn that leaves no trace: no talk is kept of it. */
  rehearse: (text: string, locale: 'en' | 'zh') => call<G.Answer>('dialogue.ask', { text, locale }, { dryRun: true }),
  modelTrials: () => call<G.ModelTrials>('dialogue.model_trials'),
  tryModel: async () => String((await call<{ job_id: string }>('dialogue.switch_model', { on: true }, acting({ asJob: true }))).job_id),
  modelOff: () => call<G.ModelTrial>('dialogue.switch_model', { on: false }, acting()),
}
export const search = {
  report: (body: { days?: number; limit?: number; channel?: string }) => call<T.SearchReport>('dialogue.search_report', body),
  synonyms: () => call<G.SynonymProposals>('dialogue.synonyms'),
  findSynonyms: () => call<G.SynonymProposals>('dialogue.find_synonyms', {}, acting()),
  decideSynonym: (proposal_id: string, decision: 'accept' | 'reject' | 'reopen') => call<G.SynonymProposals>('dialogue.decide_synonym', { proposal_id, decision }, acting()),
}
export const ranking = {
  state: () => call<G.RankingState>('dialogue.ranking'),
  train: async () => String((await call<{ job_id: string }>('dialogue.train_ranking', {}, acting({ asJob: true }))).job_id),
  use: (order: string) => call<G.RankingState>('dialogue.switch_ranking', { order }, acting()),
  // As shoppers get them, less the owner's rules: those are not what is judged.
  search: (query: string, locale: string) => call<G.SearchAnswer>('dialogue.search', { query, locale, page_size: 24, rules: 'none', explain: true }),
  judgements: (query: string) => call<G.JudgementList>('dialogue.judgements', { query }),
  judge: (query: string, product_id: string, grade?: number) => call('dialogue.judge_results', { query, products: [grade === undefined ? { product_id } : { product_id, grade }] }, acting()),
}
export const selection = {
  status: () => call<G.Status>('selection.status'),
  train: async () => String((await call<{ job_id: string }>('selection.train', {}, acting({ asJob: true }))).job_id),
  rules: () => call<G.RuleSet>('selection.list_rules'),
  saveRules: (rules: object[]) => call<G.RuleSet>('selection.save_rules', { rules }, acting()),
  estimate: (body: object) => call<G.SlotEstimate>('selection.estimate', body as Plain),
  pushed: () => call<G.PushedList>('selection.list_pushed'),
  push: (product_id: string, days: number) => call<G.PushedList>('selection.push', { product_id, days }, acting()),
  unpush: (product_id: string) => call<G.PushedList>('selection.unpush', { product_id }, acting()),
}
export const market = {
  take: async (file: File, source: string) => call<G.ImportedItems>('market.import', { file_id: (await imports.upload(file)).file_id, source }, acting()),
  match: async () => String((await call<{ job_id: string }>('market.match', {}, acting({ asJob: true }))).job_id),
  signals: () => call<G.Signals>('market.signals'),
  items: async (body: { which?: string } & Paging) => { const p = await call<G.ItemPage>('market.list', body); return { rows: p.items, next: p.next_page_token } },
  judge: (source: string, item_id: string, product_id: string, same: boolean) => call<G.Judged>('market.judge', { verdicts: [{ source, item_id, product_id, same }] }, acting()),
  duplicates: () => call<G.Duplicates>('market.duplicates'),
}
export const feeds = {
  targets: () => call<G.Targets>('feeds.list_targets'),
  save: (body: object) => call<G.TargetName>('feeds.save_target', body as Plain, acting()),
  remove: (target_id: string) => call('feeds.remove_target', { target_id }, acting()),
  push: async (target_id: string) => String((await call<{ job_id: string }>('feeds.push', { target_id }, acting({ asJob: true }))).job_id),
}
export const reviews = {
  reader: () => call<G.ReaderState>('reviews.reader'),
  teach: async (marked: object[]) => String((await call<{ job_id: string }>('reviews.teach', { reviews: marked }, acting({ asJob: true }))).job_id),
  forget: () => call<G.ReaderState>('reviews.forget_reader', {}, acting()),
}
export const pictures = {
  status: () => call<G.IndexState>('pictures.status'),
  index: async () => String((await call<{ job_id: string }>('pictures.index', {}, acting({ asJob: true }))).job_id),
  fetch: async (again: boolean) => String((await call<{ job_id: string }>('pictures.fetch', { again }, acting({ asJob: true }))).job_id),
  /** A file goes up whole, then is kept by its content. */
  store: async (file: File) => call<G.StoredPicture>('pictures.store', { file_id: (await imports.upload(file)).file_id }, acting()),
}
export const promotions = {
  list: () => call<G.PromotionList>('promotions.list'),
  save: (promotion: object) => call<G.SavedPromotion>('promotions.save', { promotion }, acting()),
  stop: (promotion_id: string) => call<G.SavedPromotion>('promotions.stop', { promotion_id }, acting()),
  quote: (body: object) => call<G.BasketQuote>('promotions.quote', body),
  report: () => call<G.PromotionReport>('promotions.report'),
  groups: () => call<G.CustomerGroups>('customers.list_groups'),
}
export const merchandising = {
  list: () => call<G.MerchandisingRuleList>('merchandising.list'),
  save: (rule: object) => call<G.MerchandisingRuleLine>('merchandising.save', { rule }, acting()),
  stop: (rule_id: string) => call('merchandising.stop', { rule_id }, acting()),
  preview: (rule: object, query: string, category_id: string) => call<G.Preview>('merchandising.preview', { rule, query, category_id }),
}
export const experiments = {
  list: () => call<G.ExperimentList>('experiments.list'),
  read: (experiment_id: string) => call<G.ExperimentReading>('experiments.read', { experiment_id }),
  switchValue: (experiment_id: string, shares: number[]) => call<G.SwitchValue>('experiments.switch_value', { experiment_id, shares }),
  start: (experiment: object) => call<G.ExperimentLine>('experiments.start', { experiment }, acting()),
  stop: (experiment_id: string, note: string) => call<G.StoppedExperiment>('experiments.stop', { experiment_id, note }, acting()),
}
export const ledger = {
  list: (body: Paging) => list('ledger.list', 'entries', from.ledgerEntry, body),
  summary: () => call<Plain>('ledger.summary'),
}
export const jobs = {
  list: async (body: { state?: string } & Paging = {}) => ({ jobs: (await list('jobs.list', 'jobs', from.job, body)).rows }),
  get: async (job_id: string) => from.jobDetail(await call('jobs.get', { job_id })),
  cancel: (job_id: string) => call('jobs.cancel', { job_id }, acting()),
}
export const imports = {
  upload: (file: File) => { const form = new FormData(); form.append('file', file, file.name); return request<{ file_id: string }>('POST', '/v1/files', form) },
  inspect: async (body: { file_id: string; kind?: string }) => from.inspection(await call('imports.inspect', body)),
  run: async (body: object, options: CallOptions) => from.importReport(await call('imports.run', body, acting(options))),
  list: (body: Paging = {}) => list('imports.list', 'imports', from.importRecord, body),
  undo: (import_id: string, leave_depended: boolean, options: CallOptions = {}) => call<T.UndoneImport>('imports.undo', { import_id, leave_depended }, acting(options)),
}
export const exports = { write: (table: string, format: string) => call<{ file_name: string; url: string; rows: number }>('exports.write', { table, format }, acting()) }
export const audit = {
  async list({ query, ...body }: { query?: string } & Paging) {
    const byOperation = query && !(await fieldsOf('audit.list'))?.has('query')
    return list('audit.list', 'entries', from.auditEntry, { ...body, ...(query ? (byOperation ? { operation: query } : { query }) : {}) })
  },
}
export const settings = {
  get: async () => from.settings(await call('settings.get')),
  update: (body: object) => call<Plain>('settings.update', body, acting()),
}
export const agents = {
  list: () => call<G.AgentList>('agents.list', {}),
  traffic: () => call<G.TrafficList>('agents.traffic', {}),
  deliveries: () => call<G.DeliveryList>('agents.deliveries', {}),
  save: (body: G.SaveAgentInput) => call('agents.save', body as unknown as Plain, acting()),
  remove: (agent_id: string) => call('agents.remove', { agent_id }, acting()),
}
export const keys = {
  list: async () => ({ keys: (await list('keys.list', 'keys', from.apiKey, {})).rows }),
  create: (body: { name: string; role: string; scopes: string[] }) => call<{ key?: string; secret?: string }>('keys.create', body, acting()),
  revoke: (key_id: string) => call('keys.revoke', { key_id }, acting()),
}
export const users = {
  list: async () => ({ users: (await list('users.list', 'users', from.user, {})).rows }),
  add: (body: { email: string; name: string; role: string; password: string }) => call('users.add', body, acting()),
  update: (body: { user_id: string; role?: string; disabled?: boolean }) => call('users.update', body, acting()),
}
