/** Milliseconds as `0.4s`, `11s`, `3m45s` or `1h02m`. */
export function formatDuration(milliseconds: number): string {
  if (milliseconds < 950) return `${(Math.max(0, milliseconds) / 1000).toFixed(1)}s`;
  const seconds = Math.round(milliseconds / 1000);
  const pad = (part: number) => String(part).padStart(2, '0');
  if (seconds < 60) return `${seconds}s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)}m${pad(seconds % 60)}s`;
  return `${Math.floor(seconds / 3600)}h${pad(Math.floor(seconds / 60) % 60)}m`;
}
