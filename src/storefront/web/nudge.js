// What the guide says unasked on a page: one sentence beside its button, taken up or waved away. The server decides whether there is anything to say, and how seldom (dialogue.nudge).
//
// Asked once, when the page has been read for some seconds. It takes no focus, makes no sound and is gone with the page.

const zh = document.documentElement.lang.startsWith('zh');
const t = (en, chinese) => (zh ? chinese : en);
const post = (path, body) => fetch(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

export async function listen({ button, open, el, $ }) {
  // Whoever talks with the guide already is not spoken to from aside, nor is a page that nobody looks at.
  const quiet = () => button.hidden || document.hidden || $('dialog[open]');
  if (quiet()) return;
  const response = await post('/guide/nudge', { locale: zh ? 'zh' : 'en' });
  const said = response.ok ? await response.json() : { kind: 'none' };
  if (said.kind === 'none' || quiet()) return;
  const answer = (outcome) => { box.remove(); post('/guide/nudge/answer', { nudge_id: said.nudge_id, outcome }).catch(() => {}); };
  const box = el('div', { class: 'nudge', role: 'status' }, el('div', {}, el('p', { dir: 'auto' }, said.text), el('button', { class: 'button', type: 'button', onclick: () => { answer('opened'); open(said.say); } }, t('Ask the guide', '问问导购'))),
    el('button', { class: 'no', type: 'button', 'aria-label': t('No, thank you', '不用了'), title: t('No, thank you', '不用了'), onclick: () => answer('dismissed') }, '×'));
  document.body.append(box);
}
