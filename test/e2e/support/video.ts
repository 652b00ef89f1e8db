// A short film, made by the browser itself.
import type { BrowserContext } from '@playwright/test';

/** Records half a second of a moving canvas as WebM. */
export async function recordVideo(context: BrowserContext): Promise<Buffer> {
  const page = await context.newPage();
  const bytes = await page.evaluate(async () => {
    const canvas = document.createElement('canvas');
    canvas.width = 64;
    canvas.height = 48;
    const paint = canvas.getContext('2d');
    let frame = 0;
    const timer = setInterval(() => {
      frame += 1;
      if (paint === null) return;
      paint.fillStyle = frame % 2 === 0 ? 'teal' : 'orange';
      paint.fillRect(0, 0, canvas.width, canvas.height);
    }, 40);
    const recorder = new MediaRecorder(canvas.captureStream(25), { mimeType: 'video/webm' });
    const chunks: Blob[] = [];
    const recorded = new Promise<void>((resolve) => {
      recorder.ondataavailable = ({ data }) => {
        if (data.size > 0) chunks.push(data);
        if (chunks.length === 5) recorder.stop();
      };
      recorder.onstop = () => {
        resolve();
      };
    });
    recorder.start(100);
    await recorded;
    clearInterval(timer);
    return [...new Uint8Array(await new Blob(chunks).arrayBuffer())];
  });
  await page.close();
  return Buffer.from(bytes);
}
