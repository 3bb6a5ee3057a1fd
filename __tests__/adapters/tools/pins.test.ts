import { describe, expect, test } from '@jest/globals';
import { KUBECTL_PINS } from '../../../src/adapters/tools/kubectl-pins.ts';
import { HELM_PINS, type Pin } from '../../../src/adapters/tools/pins.ts';

const helm: [string, Pin][] = Object.entries(HELM_PINS);
const kubectl: [string, Pin][] = Object.entries(KUBECTL_PINS);
const pins = [...helm, ...kubectl];

/** A page of the publisher, the repository in `owner/name:path@commit`, or a file or package. */
const whoOf = (source: string) =>
  source.startsWith('https:') ? 'publisher' : source.split(/[:,]/)[0];

describe.each(pins)('the pin of %s', (version, pin) => {
  test('is a release', () => {
    expect(version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test('has 64 hex digits for Linux at least', () => {
    expect(Object.keys(pin.sha256)).toEqual(expect.arrayContaining(['linux-amd64', 'linux-arm64']));
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
  const minors = helm.map(([version]) => version.replace(/\.\d+$/, ''));
  expect(new Set(minors).size).toBe(minors.length);
});

test('the versions that the test mirror imitates are not pinned', () => {
  expect(Object.keys(HELM_PINS)).not.toContain('4.2.3');
  expect(Object.keys(HELM_PINS)).not.toContain('3.17.3');
});
