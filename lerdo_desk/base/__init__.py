"""base: money, words, dates, keys, the input gate and the errors; standard library and python-stdnum only."""
