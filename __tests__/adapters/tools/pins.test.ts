import { describe, expect, test } from '@jest/globals';
import { HELM_PINS, type HelmPin } from '../../../src/adapters/tools/pins.ts';

const pins: [string, HelmPin][] = Object.entries(HELM_PINS);

/** A page of the publisher, or the repository in `owner/name:path@commit`. */
const whoOf = (source: string) =>
  source.startsWith('https:') ? 'publisher' : source.split(':')[0];

describe.each(pins)('the pin of helm %s', (version, pin) => {
  test('is a release', () => {
    expect(version).toMatch(/^[34]\.\d+\.\d+$/);
  });

  test('has 64 hex digits for Linux and macOS, and for Windows where known', () => {
    expect(Object.keys(pin.sha256)).toEqual(
      expect.arrayContaining(['linux-amd64', 'linux-arm64', 'darwin-amd64', 'darwin-arm64']),
    );
    for (const [platform, sha256] of Object.entries(pin.sha256)) {
      expect(platform).toMatch(/^(linux|darwin|windows)-(amd64|arm64)$/);
      expect(sha256).toMatch(/^[0-9a-f]{64}$/);
    }
  });

  test.each(Object.keys(pin.sha256))('has two independent sources for %s', (platform) => {
    const named = Object.entries(pin.sources).filter(([, platforms]) =>
      platforms.some((one) => one === platform),
    );
    expect(new Set(named.map(([source]) => whoOf(source))).size).toBeGreaterThanOrEqual(2);
  });
});

test('no hash stands twice', () => {
  const all = pins.flatMap(([, pin]) => Object.values(pin.sha256));
  expect(new Set(all).size).toBe(all.length);
});

test('one patch a minor', () => {
  const minors = pins.map(([version]) => version.replace(/\.\d+$/, ''));
  expect(new Set(minors).size).toBe(minors.length);
});

test('the versions that the test mirror imitates are not pinned', () => {
  expect(Object.keys(HELM_PINS)).not.toContain('4.2.3');
  expect(Object.keys(HELM_PINS)).not.toContain('3.17.3');
});
