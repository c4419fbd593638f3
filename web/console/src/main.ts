import './styles/tokens.css'
import './styles/element_parts'
import './styles/base.css'
import './styles/element.css'
import { createPinia } from 'pinia'
import { createApp } from 'vue'
import { onSignedOut } from './api/call'
import App from './App.vue'
import { i18n, useLocale } from './i18n'
import { router } from './router'
import { usePreferences } from './stores/preferences'
import { useSession } from './stores/session'

const app = createApp(App).use(createPinia()).use(i18n)
const session = useSession()
onSignedOut.handler = () => {
  const here = router.currentRoute.value
  if (!session.session || here.meta.open) return
  session.forget()
  void router.push({ name: 'sign_in', query: { next: here.fullPath } })
}
await useLocale(usePreferences().locale)
app.use(router).mount('#app')
