import { describe, expect, it } from '@jest/globals';
import { addressOf } from './request';

describe('addressOf', () => {
  it('fills the path and leaves out what is not given', () => {
    expect(addressOf('/jobs/:jobId/lines/:lineId', { jobId: 'a/b', lineId: '2' }, { limit: 20, cursor: undefined })).toBe('/jobs/a%2Fb/lines/2?limit=20');
    expect(addressOf('/jobs')).toBe('/jobs');
    expect(addressOf('/places', {}, { q: 'नागप' })).toBe('/places?q=%E0%A4%A8%E0%A4%BE%E0%A4%97%E0%A4%AA');
  });
});
