import { describe, expect, it } from 'vitest';
import { encode } from 'uqr';
import { qrPath } from '#client/ui/qr-path.ts';
import { hostOnlyHere } from '#client/admin/parts/host-only-here.ts';
import { addressToType } from '#client/admin/posters/poster-address.ts';

/** The modules that a path of horizontal runs fills. */
function modulesOf(path: string): Set<string> {
  const filled = new Set<string>();
  for (const [, x, y, length] of path.matchAll(/M(\d+) (\d+)h(\d+)v1H\1z/g))
    for (let step = 0; step < Number(length); step += 1) filled.add(`${Number(x) + step},${y}`);
  return filled;
}

describe('a QR code', () => {
  const url = 'https://ita.example.go.th/s/HMFH4MEC';
  const { size, path } = qrPath(url);

  it('draws exactly the black modules of the code', () => {
    const { data } = encode(url, { ecc: 'M', border: 4, boostEcc: true });
    const black = data.flatMap((row, y) =>
      row.flatMap((isBlack, x) => (isBlack ? [`${x},${y}`] : [])),
    );
    expect([...modulesOf(path)].sort()).toEqual(black.sort());
  });

  it('keeps a white border of four modules', () => {
    const places = [...modulesOf(path)].flatMap((place) => place.split(',').map(Number));
    expect([Math.min(...places), Math.max(...places)]).toEqual([4, size - 5]);
  });
});

describe('the address to type beside a short code', () => {
  it.each([
    ['https://ita.example.go.th/s/HMFH4MEC', 'ita.example.go.th'],
    ['http://10.0.0.7:8080/s/HMFH4MEC', '10.0.0.7:8080'],
  ])('of %s is %s', (url, address) => {
    expect(addressToType(url)).toBe(address);
  });
});

describe('a poster', () => {
  it.each([
    ['http://localhost:8080/s/HMFH4MEC', 'localhost:8080'],
    ['http://127.0.0.1/s/HMFH4MEC', '127.0.0.1'],
    ['http://[::1]:8080/s/HMFH4MEC', '[::1]:8080'],
    ['http://10.0.0.7:8080/s/HMFH4MEC', null],
    ['https://localhost.example.go.th/s/HMFH4MEC', null],
  ])('that leads to %s is of use on that machine alone: %j', (url, host) => {
    expect(hostOnlyHere(url)).toBe(host);
  });
});
