// The real server on a folder and a port of its own: { server, base } once it says where it is; an error with its words when it ends instead.
import { spawn } from 'node:child_process';

export async function serve(binary, folder) {
  const server = spawn(binary, ['--data', folder, 'serve', '--listen', '127.0.0.1:0'], { stdio: ['ignore', 'pipe', 'pipe'] });
  let text = '';
  return await new Promise((resolve, reject) => {
    const read = (chunk) => {
      text += chunk;
      const url = /Storefront\s+(http:\/\/\S+?)\/\s/.exec(text)?.[1];
      if (url) resolve({ server, base: url });
    };
    server.stdout.on('data', read);
    server.stderr.on('data', read);
    server.once('exit', (code) => reject(new Error(`the server ended with ${code}: ${text}`)));
  });
}

// Waits for its end: it writes its last facts when it stops, and the folder is taken away after that. Nothing where it never began or ended already.
export async function stop(server) {
  if (!server || server.exitCode !== null || server.signalCode !== null) return;
  server.removeAllListeners('exit');
  const ended = new Promise((resolve) => server.once('exit', resolve));
  server.kill('SIGTERM');
  await ended;
}
