#!/usr/bin/python3
# needs: python3
# Pool, Queue, Event, and exit codes.
import multiprocessing as m, os, sys, time
def square(n):
    time.sleep(0.01 * (5 - n)); return n * n
def work(q, e):
    e.wait(); q.put(os.getpid()); sys.exit(7)
if __name__ == "__main__":
    m.set_start_method("fork")
    with m.Pool(3) as pool:
        print(pool.map(square, range(5)))
    q, e = m.Queue(), m.Event()
    p = m.Process(target=work, args=(q, e)); p.start(); e.set()
    print(q.get() == p.pid); p.join(); print(p.exitcode)
    p = m.Process(target=time.sleep, args=(9,)); p.start(); p.kill(); p.join(); print(p.exitcode)
