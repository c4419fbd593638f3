// Before the first paint, so that a dark console never flashes white. A file of its own: the page needs no inline script.
(function () {
  var theme = 'auto'
  try { theme = localStorage.getItem('kindling.theme') || 'auto' } catch (_) { /* storage refused: follow the system */ }
  var dark = theme === 'dark' || (theme === 'auto' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.classList.toggle('dark', dark)
})()
