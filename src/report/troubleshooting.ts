/** Where every reason code has a section of its own, with the code as its heading. */
const PAGE = 'https://github.com/slipway-deploy/slipway/blob/main/docs/troubleshooting.md';

/** The address of the section that explains a reason code. */
export function troubleshootingUrl(code: string): string {
  return `${PAGE}#${encodeURIComponent(code)}`;
}

/** The addresses for what one target has to tell; of more than two codes the page alone. */
export function troubleshootingUrls(codes: readonly string[]): readonly string[] {
  return codes.length > 2 ? [PAGE] : codes.map(troubleshootingUrl);
}
