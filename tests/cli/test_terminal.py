from __future__ import annotations
import time
from pathlib import Path

def test_look(terminal):
    t0=time.time()
    t = terminal("play", "fraud-trade-off", "--seed", "7", "--fast")
    t.see("Press Enter"); print("brief", time.time()-t0)
    t.type("\r")
    t.send("I would start with what honest customers lose.")
    print("first", time.time()-t0)
    t.send("/notes check the cost")
    t.send("/help")
    t.send("/hint")
    t.send("/repeat")
    t.send("/leave")
    print(t.wait(), time.time()-t0)
    Path("/tmp/lab/scratch/raw.txt").write_text(t.raw)
    print(t.text)
