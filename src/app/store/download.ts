// Hands a blob to the browser to be saved.

/** Offers a blob as a download of that name. */
export function offerDownload(blob: Blob, name: string): void {
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The download has its own hold on the blob by then; without this the page would keep it for ever.
  setTimeout(() => {
    URL.revokeObjectURL(url);
  }, 60_000);
}
