#!/usr/bin/python3
# needs: python3
# Sub-processes and a signal handler in an event loop.
import asyncio, os, signal
async def main():
    loop, done = asyncio.get_running_loop(), asyncio.Event()
    loop.add_signal_handler(signal.SIGUSR1, done.set)
    ps = [await asyncio.create_subprocess_shell(f"sleep 0.{n}; exit {n}") for n in (3, 1, 2)]
    print(await asyncio.gather(*(p.wait() for p in ps)))
    os.kill(os.getpid(), signal.SIGUSR1); await done.wait()
    try:
        await asyncio.wait_for(asyncio.sleep(9), 0.2)
    except asyncio.TimeoutError:
        print("timeout")
asyncio.run(main())
