import time
def test_a(hotseat):
    t=time.time()
    print(hotseat("--version")); print(time.time()-t)
    t=time.time()
    print(hotseat("play","nosuch")); print(time.time()-t)
def test_b(hotseat, tmp_path):
    t=time.time()
    d=hotseat("play","fraud-trade-off","--seed","7","--answers","/tmp/two.txt","--no-grade","--plain", HOTSEAT_CACHE="/tmp/clihome/cache"); print(time.time()-t)
    print(d.code, d.out[-300:], d.err)
def test_c(terminal):
    t=time.time()
    s=terminal("play","fraud-trade-off","--seed","7","--fast", HOTSEAT_CACHE="/tmp/clihome/cache")
    print(s.see("Press Enter.*ready. ")); print(time.time()-t)
    s.type("\r")
    s.send("What does it cost us?"); print(time.time()-t)
    s.see("Joanna"); print(time.time()-t)
    s.see("> ")
    s.type("\x03")
    print(s.see(r"hotseat resume \w+"))
    print(s.wait())
    print(repr(s.raw))
