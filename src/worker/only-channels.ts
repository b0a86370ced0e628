/**
 * Lets only a channel into the cache: status 200 and JSON. A captive portal answers anything with a page of its own, and a
 * problem of today must not be tomorrow's answer.
 */
export const onlyChannels = {
  cacheWillUpdate: async ({ response }: { response: Response }): Promise<Response | null> => {
    const type = response.headers.get('content-type') ?? '';
    return response.status === 200 && type.includes('json') ? response : null;
  },
};
