// Pages and their addresses. Every page is a chunk of its own; only the frame and the sign-in check are loaded at first.
import { createRouter, createWebHistory } from 'vue-router'
import { useSession } from './stores/session'

/** Pages of the side rail, in order; `key` is the letter after "g". */
export const places = [
  { name: 'today', path: '/', icon: 'today', key: 't', group: 'run' }, { name: 'chain', path: '/chain', icon: 'chain', key: 'h', group: 'run' },
  { name: 'assortment', path: '/assortment', icon: 'selection', key: 'm', group: 'run' },
  { name: 'forecast', path: '/forecast', icon: 'forecast', key: 'f', group: 'run' }, { name: 'supply', path: '/supply', icon: 'supply', key: 'b', group: 'run' },
  { name: 'catalogue', path: '/catalogue', icon: 'catalogue', key: 'p', group: 'shop' }, { name: 'orders', path: '/orders', icon: 'orders', key: 'o', group: 'shop' }, { name: 'promotions', path: '/promotions', icon: 'spark', key: 'r', group: 'shop' },
  { name: 'customers', path: '/customers', icon: 'customers', key: 'c', group: 'shop' }, { name: 'conversations', path: '/conversations', icon: 'conversations', key: 'v', group: 'shop' }, { name: 'quality', path: '/quality', icon: 'gauge', key: 'q', group: 'shop' }, { name: 'search', path: '/search', icon: 'search', key: 'e', group: 'shop' }, { name: 'recommendations', path: '/recommendations', icon: 'rise', key: 'w', group: 'shop' }, { name: 'experiments', path: '/experiments', icon: 'flask', key: 'n', group: 'shop' }, { name: 'data', path: '/data', icon: 'data', key: 'd', group: 'shop' },
  { name: 'operations', path: '/operations', icon: 'operations', key: 'x', group: 'proof' }, { name: 'jobs', path: '/jobs', icon: 'jobs', key: 'j', group: 'proof' },
  { name: 'ledger', path: '/ledger', icon: 'ledger', key: 'l', group: 'proof' }, { name: 'audit', path: '/audit', icon: 'audit', key: 'a', group: 'proof' }, { name: 'settings', path: '/settings', icon: 'settings', key: 's', group: 'proof' },
] as const

export const router = createRouter({
  history: createWebHistory('/console/'),
  scrollBehavior: (_to, _from, saved) => saved ?? { top: 0 },
  routes: [
    { path: '/sign-in', name: 'sign_in', component: () => import('./pages/sign_in/SignIn.vue'), meta: { open: true } },
    { path: '/setup', name: 'set_up', component: () => import('./pages/sign_in/SetUp.vue'), meta: { open: true } },
    { path: '/', name: 'today', component: () => import('./pages/today/Today.vue') },
    { path: '/chain/:module?', name: 'chain', component: () => import('./pages/chain/Chain.vue') },
    { path: '/data', name: 'data', component: () => import('./pages/data/Data.vue') },
    { path: '/catalogue', name: 'catalogue', component: () => import('./pages/catalogue/Catalogue.vue') },
    { path: '/catalogue/:id', name: 'product', component: () => import('./pages/catalogue/Product.vue'), meta: { place: 'catalogue' } },
    { path: '/assortment', name: 'assortment', component: () => import('./pages/assortment/Assortment.vue') },
    { path: '/forecast', name: 'forecast', component: () => import('./pages/forecast/Forecast.vue') },
    { path: '/supply', name: 'supply', component: () => import('./pages/supply/Supply.vue') },
    { path: '/orders', name: 'orders', component: () => import('./pages/orders/Orders.vue') },
    { path: '/refunds', name: 'refunds', component: () => import('./pages/orders/Refunds.vue'), meta: { place: 'orders' } },
    { path: '/orders/:id', name: 'order', component: () => import('./pages/orders/Order.vue'), meta: { place: 'orders' } },
    { path: '/customers', name: 'customers', component: () => import('./pages/customers/Customers.vue') },
    { path: '/customers/:id', name: 'customer', component: () => import('./pages/customers/Customer.vue'), meta: { place: 'customers' } },
    { path: '/conversations/:id?', name: 'conversations', component: () => import('./pages/conversations/Conversations.vue') },
    { path: '/promotions', name: 'promotions', component: () => import('./pages/promotions/Promotions.vue') },
    { path: '/recommendations', name: 'recommendations', component: () => import('./pages/recommendations/Recommendations.vue') },
    { path: '/experiments/:id?', name: 'experiments', component: () => import('./pages/experiments/Experiments.vue') },
    { path: '/search', name: 'search', component: () => import('./pages/search/Search.vue') },
    { path: '/quality/:id?', name: 'quality', component: () => import('./pages/quality/Quality.vue') },
    { path: '/operations/:name?', name: 'operations', component: () => import('./pages/operations/Operations.vue') },
    { path: '/jobs/:id?', name: 'jobs', component: () => import('./pages/jobs/Jobs.vue') },
    { path: '/ledger', name: 'ledger', component: () => import('./pages/ledger/Ledger.vue') },
    { path: '/audit', name: 'audit', component: () => import('./pages/audit/Audit.vue') },
    { path: '/settings/:part?', name: 'settings', component: () => import('./pages/settings/Settings.vue') },
    { path: '/:rest(.*)*', name: 'lost', component: () => import('./pages/Lost.vue') },
  ],
})

router.beforeEach(async (to) => {
  if (to.meta.open) return true
  const session = useSession()
  try { if (await session.load()) return true } catch { return true /* the frame says that the engine cannot be reached */ }
  return { name: 'sign_in', query: to.fullPath === '/' ? {} : { next: to.fullPath } }
})
/** After a sign-in only addresses inside the console are followed. */
export const safeNext = (next: unknown) => (typeof next === 'string' && /^\/(?![/\\])/.test(next) ? next : '/')
