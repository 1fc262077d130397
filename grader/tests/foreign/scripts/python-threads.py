#!/usr/bin/python3
# needs: python3
# A condition, a timer and a daemon thread.
import threading, time
c, items = threading.Condition(), []
def take():
    with c:
        while not items:
            c.wait()
        print("took", items.pop())
t = threading.Thread(target=take); t.start()
with c:
    items.append(1); c.notify()
t.join(); print(threading.Event().wait(0.2))
x = threading.Timer(0.1, print, ["timer"]); x.start(); x.join()
threading.Thread(target=time.sleep, args=(99,), daemon=True).start()
