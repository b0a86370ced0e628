import type { Server } from 'node:http';
import { SettingProblem, StartProblem } from '../start-problem.ts';

/** The settings that say where, for whoever has to choose others. */
interface ListenSettings {
  port: string;
  host: string;
}

/**
 * Lets a server listen; resolves to the port it really got.
 *
 * @throws StartProblem where the port is taken, or the address is not of this machine
 */
export function listen(
  server: Server,
  { port, host }: { port: number; host: string },
  settings: ListenSettings = { port: 'PORT', host: 'HOST' },
): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const why =
        error.code === 'EADDRINUSE'
          ? `Port ${port} is taken: stop the other program or choose another with ${settings.port}.`
          : `${settings.host} and ${settings.port} cannot be used (${error.code}): choose an address of this machine and a port above 1023.`;
      // A port below 1024 stays shut; a program may end, and an address come with its network.
      reject(
        error.code === 'EACCES' ? new SettingProblem(why, error) : new StartProblem(why, error),
      );
    });
    server.listen(port, host, () => {
      const address = server.address();
      resolve(typeof address === 'object' && address ? address.port : port);
    });
  });
}
