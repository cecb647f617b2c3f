import { describe, expect, it } from '@jest/globals';
import { parseOptions } from './options';

const parse = (...args: string[]) => parseOptions(args, { project: '/project', typedIn: '/home/me' });

describe('options', () => {
  it('has a default for everything', () => {
    expect(parse()).toEqual({ port: 3000, data: '/project/.muster/data', demo: false, origin: 'http://localhost:3000', reachable: false });
  });

  it('counts a relative data folder from where it was typed', () => {
    expect(parse('--data', 'elsewhere').data).toBe('/home/me/elsewhere');
    expect(parse('--data=/var/muster').data).toBe('/var/muster');
  });

  it.each(['0', '65536', '3000x', '-1', ''])('refuses the port "%s"', (port) => {
    expect(() => parse(`--port=${port}`)).toThrow(/--port must be a number/);
  });

  it('names an unknown option and says where they are listed', () => {
    expect(() => parse('--prot', '4000')).toThrow(/'--prot'.*--help/s);
  });

  it('refuses a word that is no option', () => {
    expect(() => parse('demo')).toThrow(/'demo'/);
  });

  it('is reachable for others only under an https origin', () => {
    expect(parse('--origin', 'https://muster.example.org')).toMatchObject({ origin: 'https://muster.example.org', reachable: true });
    for (const origin of ['http://muster.example.org', 'muster.example.org', 'https://muster.example.org/app', 'https://me@muster.example.org']) {
      expect(() => parse('--origin', origin)).toThrow(/https address without a path/);
    }
  });

  it('refuses a demo that others could reach', () => {
    expect(() => parse('--demo', '--origin', 'https://muster.example.org')).toThrow(/--demo is for this machine alone/);
    expect(parse('--demo', '--origin', 'https://localhost:8443')).toMatchObject({ demo: true });
  });

  it('wants both halves of a TLS pair', () => {
    expect(() => parse('--tls-cert', 'cert.pem')).toThrow(/belong together/);
    expect(() => parse('--tls-cert', 'cert.pem', '--tls-key', 'key.pem')).toThrow('/home/me/cert.pem does not exist.');
  });
});
