/** Sizes as people say them: `812 bytes`, `34.5 kB`, `1.2 GB`, in powers of 1000. */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  let unit = 0, size = bytes / 1000;
  for (; size >= 999.95 && unit < 3; unit++) size /= 1000;
  return `${size.toFixed(1)} ${['kB', 'MB', 'GB', 'TB'][unit]}`;
}
