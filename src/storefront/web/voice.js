// The guide spoken to and read aloud, by what the shop plugged in, else by the browser. A recording is made small, sent once and dropped; before the first the panel asks.
// Given by guide.js: its helpers; hears and speaks (what the shop can), busy(), heard(text), blocks().
const rate = 16000, longest = 30, pause = 1.6, patience = 8;  // seconds: of a recording at most; silence that ends it; silence at its beginning
const Recognition = window.SpeechRecognition ?? window.webkitSpeechRecognition;

// RIFF, WAVE: 16-bit PCM of one channel, little-endian as every browser's machine.
const wav = (samples) => new Blob([new Uint32Array([0x46464952, 36 + samples.length * 2, 0x45564157, 0x20746d66, 16, 0x10001, rate, rate * 2, 0x100002, 0x61746164, samples.length * 2]), Int16Array.from(samples, (s) => Math.max(-1, Math.min(1, s)) * 32767)]);

// What this browser cannot unpack goes as it was recorded: the shop's endpoint may know it.
async function small(blob) {
  try {
    const sound = await new OfflineAudioContext(1, 1, rate).decodeAudioData(await blob.arrayBuffer());  // comes at 16 kHz
    const one = sound.getChannelData(0).slice(0, longest * rate);
    for (let c = 1; c < sound.numberOfChannels; ++c) sound.getChannelData(c).subarray(0, one.length).forEach((s, i) => { one[i] += (s - one[i]) / (c + 1); });
    return wav(one);
  } catch {
    return blob;
  }
}

const base64 = (blob) => new Promise((done, failed) => { const reader = new FileReader(); reader.onload = () => done(reader.result.slice(reader.result.indexOf(',') + 1)); reader.onerror = failed; reader.readAsDataURL(blob); });

// Sentences, put together up to what one request may hold.
function pieces(text) {
  const out = [''];
  for (const sentence of text.split(/(?<=[。！？；\n])|(?<=[.!?]\s)/).flatMap((s) => s.match(/[^]{1,180}/gu) ?? [])) {
    if (out.at(-1).length + sentence.length > 180) out.push('');
    out[out.length - 1] += sentence;
  }
  return out.filter((s) => s.trim());
}

// Begins to record; the recording ends by itself after a pause, by end(), or is thrown away by cancel().
async function record(done) {
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  const context = new AudioContext(), meter = context.createAnalyser(), recorder = new MediaRecorder(stream), parts = [];
  context.createMediaStreamSource(stream).connect(meter);
  const wave = new Float32Array(meter.fftSize), begun = performance.now();
  let last = 0, floor = 1, wanted = true;
  const timer = setInterval(() => {
    meter.getFloatTimeDomainData(wave);
    const loud = Math.sqrt(wave.reduce((sum, s) => sum + s * s, 0) / wave.length), now = (performance.now() - begun) / 1000;
    if (loud > 0) floor = Math.min(floor * 1.02, loud);  // the room, which may change
    if (loud > Math.max(0.01, floor * 4)) last = now;
    if (now > longest || (last ? now - last > pause : now > patience)) end();
  }, 100);
  const end = () => { if (recorder.state !== 'inactive') recorder.stop(); };
  recorder.ondataavailable = (event) => parts.push(event.data);
  recorder.onstop = () => {
    clearInterval(timer), context.close(), stream.getTracks().forEach((track) => track.stop());
    done(wanted ? new Blob(parts, { type: recorder.mimeType }) : null);
  };
  recorder.start();
  return { end, cancel: () => { wanted = false; end(); } };
}

export function voiceOf({ el, t, zh, sign, post, hears, speaks, busy, heard, blocks }) {
  const note = el('div', { class: 'gnote', hidden: true }), status = el('p', { role: 'status' });
  note.append(status);
  const tell = (text, ...more) => { status.textContent = text, note.replaceChildren(status, ...more), note.hidden = !text; };
  const mine = hears && window.MediaRecorder && navigator.mediaDevices?.getUserMedia && window.OfflineAudioContext;
  let listening;  // { end, cancel }, or true while it begins

  const lit = (yes) => { mic.setAttribute('aria-pressed', yes), mic.classList.toggle('live', yes); };
  const refused = (why) => tell(/not-?allowed/i.test(why) ? t('The browser may not use the microphone.', '浏览器未获准使用麦克风。') : /NotFound|capture/.test(why) ? t('No microphone was found.', '没有找到麦克风。') : why === 'no-speech' ? t('Nothing was heard. Please try again.', '没有听到声音，请再试一次。') : t('Your browser cannot listen right now. Please write instead.', '浏览器暂时无法录音，请改用文字。'));

  async function ask(path, body) {
    const response = await post(path, { ...body, locale: zh ? 'zh' : 'en' }), answer = await response.json();
    if (!response.ok) throw Object.assign(new Error(), { said: answer.error?.message });
    return answer;
  }

  async function understand(blob) {
    listening = undefined, lit(false);
    if (!blob) return tell('');
    tell(t('Turning your words into text…', '正在识别…')), mic.setAttribute('aria-busy', 'true');
    try {
      const { text } = await ask('/guide/voice', { data: await base64(await small(blob)) });
      tell(''), heard(text);
    } catch (error) {
      tell(error.said ?? t('The shop cannot be reached right now. Please try again.', '暂时连接不上店铺，请再试一次。'));
    }
    mic.removeAttribute('aria-busy');
  }

  // The browser's own ears: it hands over words, never the sound.
  function recognise() {
    const ears = new Recognition();
    ears.lang = zh ? 'zh-CN' : 'en-US', ears.interimResults = true;
    let text = '', problem;
    ears.onresult = (event) => { text = [...event.results].map((r) => r[0].transcript).join('').trim(); if (text) tell(`“${text}”`); };
    ears.onerror = (event) => { problem = event.error; };
    ears.onend = () => {
      const wanted = listening;
      listening = undefined, lit(false);
      problem && problem !== 'aborted' ? refused(problem) : tell('');
      if (wanted && text && !problem) heard(text);
    };
    ears.start();
    return { end: () => ears.stop(), cancel: () => ears.abort() };
  }

  async function listen() {
    hush();
    tell(t('Listening. Press again when you are done.', '正在聆听，说完请再按一次。')), lit(true), listening = true;
    try {
      const begun = mine ? await record(understand) : recognise();
      listening ? listening = begun : begun.cancel();  // the panel was closed meanwhile
    } catch (error) {
      listening = undefined, lit(false), refused(error.name);
    }
  }

  // Where the voice goes, said once a visit, before anything is recorded.
  function consent() {
    const yes = el('button', { class: 'quiet', type: 'button', onclick: () => { try { sessionStorage.setItem('kindling.voice', 'yes'); } catch { /* asked again */ } agreed = true, mic.focus(), listen(); } }, t('Record', '开始录音'));
    const no = el('button', { class: 'quiet', type: 'button', onclick: () => { tell(''), mic.focus(); } }, t('Not now', '暂不'));
    tell(mine ? t('Your recording goes to this shop and to the speech service it uses, to become text. The recording is not kept.', '录音会发送给本店及其使用的语音识别服务以转成文字，录音不会被保存。') : t('Your browser listens, and may send your voice to its maker to become text. This shop gets the text only.', '由您的浏览器聆听，声音可能会发送给浏览器厂商转成文字；本店只收到文字。'), el('p', { class: 'gchips' }, yes, no));
    yes.focus();
  }
  let agreed = false;
  try { agreed = sessionStorage.getItem('kindling.voice') === 'yes'; } catch { /* private windows */ }

  const mic = !mine && !Recognition ? null : el('button', { class: 'gicon gmic', type: 'button', 'aria-pressed': 'false', title: t('Speak', '语音输入'), 'aria-label': t('Speak', '语音输入'), onclick: () => {
    if (listening) return listening.end?.();
    if (busy() || mic.getAttribute('aria-busy')) return;
    agreed ? listen() : consent();
  } }, sign('M12 15a4 4 0 0 0 4-4V7a4 4 0 0 0-8 0v4a4 4 0 0 0 4 4zM5 11a7 7 0 0 0 14 0M12 18v3'));

  // Reading aloud. An endpoint before the browser's own voices, these before a robot's.
  const synthesis = window.speechSynthesis;
  // A list may begin with another kind of Chinese (zh-HK); some write zh_CN.
  const ownVoice = () => (zh ? [/^zh.cn/i, /^zh/i] : [/^en.us/i, /^en/i]).map((kind) => synthesis?.getVoices().find((v) => kind.test(v.lang))).find(Boolean);
  const speaker = () => (window.AudioContext && speaks === 'endpoint' ? 'shop' : ownVoice() ? 'browser' : window.AudioContext && speaks === 'offline' ? 'shop' : '');
  let aloud = false, player, turn = 0, playing;

  function hush() {
    ++turn;
    synthesis?.cancel();
    playing?.stop(), playing = undefined;
  }

  async function sound(text) {
    const { data } = await ask('/guide/say', { text });
    return data ? player.decodeAudioData(Uint8Array.from(atob(data), (c) => c.charCodeAt(0)).buffer) : null;
  }

  async function read(text) {
    hush();
    const now = turn;
    if (!text || !aloud) return;
    if (speaker() === 'browser') {
      const said = new SpeechSynthesisUtterance(text);
      said.lang = zh ? 'zh-CN' : 'en-US', said.voice = ownVoice();
      return synthesis.speak(said);
    }
    try {
      const parts = pieces(text);
      let next = sound(parts[0]);
      for (let i = 0; i < parts.length; ++i) {
        const buffer = await next;
        if (now !== turn) return;
        next = i + 1 < parts.length ? sound(parts[i + 1]) : undefined;  // comes while this one is heard
        next?.catch(() => {});
        if (!buffer) continue;
        const source = playing = player.createBufferSource();
        source.buffer = buffer, source.connect(player.destination);
        await new Promise((ended) => { source.onended = ended; source.start(); });
        if (now !== turn) return;
      }
    } catch (error) {
      if (now === turn) tell(error.said ?? t('Reading aloud does not work right now.', '暂时无法朗读。'));
    }
  }

  const stop = zh ? '。' : '. ';
  const words = (list) => list.flatMap((b) => [b.text, ...(b.kind === 'cards' ? b.cards.slice(0, 3).map((c) => `${c.title}, ${c.price_text}`) : [])]).filter(Boolean).map((s) => (/[。！？.!?]$/.test(s) ? s + (zh ? '' : ' ') : s + stop)).join('').slice(0, 900);
  const button = el('button', { class: 'gicon', type: 'button', 'aria-pressed': 'false', hidden: true, title: t('Read aloud', '朗读回答'), 'aria-label': t('Read aloud', '朗读回答'), onclick: () => {
    aloud = !aloud;
    button.setAttribute('aria-pressed', String(aloud));
    if (!aloud) return hush();
    if (speaker() === 'shop') player ??= new AudioContext(), player.resume();  // only a press may begin to sound
    read(words(blocks()));
  } }, sign('M4 10v4h4l5 4V6L8 10zM16 9a4 4 0 0 1 0 6M18.5 6.5a8 8 0 0 1 0 11'));
  const see = () => { button.hidden = !speaker(); };
  see(), synthesis?.addEventListener?.('voiceschanged', see);  // they come when they come

  return { note, mic, button, speak: (list) => read(words(list)), end: () => { const under = listening; listening = undefined, under?.cancel?.(), mic && lit(false), hush(), tell(''); } };
}
