// Checks the histories named on the command line with Porcupine, and prints for each of them its verdict and the least time of
// several runs, in nanoseconds. Compiled by the benchmark against the reader's own copy of Porcupine.
package main

import (
	"bufio"
	"fmt"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/anishathalye/porcupine"
)

type call struct {
	function, key, value string
	from, to             int
}

type answer struct {
	unknown, ok bool
	number      int
	text        string
}

const nothing = -1

var register = porcupine.Model{
	Init: func() interface{} { return nothing },
	Step: func(state, input, output interface{}) (bool, interface{}) {
		held, in, out := state.(int), input.(call), output.(answer)
		switch in.function {
		case "read":
			return out.unknown || held == out.number, held
		case "write":
			return true, in.to
		}
		if held == in.from {
			return out.unknown || out.ok, in.to
		}
		return out.unknown || !out.ok, held
	},
}

var keyValue = porcupine.Model{
	PartitionEvent: func(history []porcupine.Event) [][]porcupine.Event {
		keys := map[int]string{}
		parts := map[string][]porcupine.Event{}
		for _, event := range history {
			if in, isCall := event.Value.(call); isCall {
				keys[event.Id] = in.key
			}
			key := keys[event.Id]
			parts[key] = append(parts[key], event)
		}
		var all [][]porcupine.Event
		for _, part := range parts {
			all = append(all, part)
		}
		return all
	},
	Init: func() interface{} { return "" },
	Step: func(state, input, output interface{}) (bool, interface{}) {
		held, in, out := state.(string), input.(call), output.(answer)
		switch in.function {
		case "get":
			return out.unknown || held == out.text, held
		case "put":
			return true, in.value
		}
		return true, held + in.value
	},
}

// A history as the benchmark writes it: process, type, function, key, value, between tabs.
func read(file string) (porcupine.Model, []porcupine.Event) {
	handle, err := os.Open(file)
	if err != nil {
		panic(err)
	}
	defer handle.Close()
	model := register
	var events []porcupine.Event
	open := map[string]int{}
	ids := 0
	lines := bufio.NewScanner(handle)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		field := strings.Split(lines.Text(), "\t")
		process, kind, function, key, value := field[0], field[1], field[2], field[3], field[4]
		if key != "" {
			model = keyValue
		}
		if kind == "invoke" {
			open[process] = ids
			events = append(events, porcupine.Event{Kind: porcupine.CallEvent, Value: input(function, key, value), Id: ids})
			ids++
		} else if kind != "info" {
			events = append(events, porcupine.Event{Kind: porcupine.ReturnEvent, Value: output(function, kind, value), Id: open[process]})
			delete(open, process)
		}
	}
	for _, id := range open {
		events = append(events, porcupine.Event{Kind: porcupine.ReturnEvent, Value: answer{unknown: true}, Id: id})
	}
	return model, events
}

func input(function, key, value string) call {
	in := call{function: function, key: key, value: value}
	switch function {
	case "write":
		in.to = number(value)
	case "cas":
		fmt.Sscanf(value, "[%d %d]", &in.from, &in.to)
	}
	return in
}

func output(function, kind, value string) answer {
	if function == "read" {
		return answer{unknown: kind == "fail", number: number(value)}
	}
	return answer{ok: kind == "ok", text: value}
}

func number(text string) int {
	value, err := strconv.Atoi(text)
	if err != nil {
		return nothing
	}
	return value
}

func main() {
	runs, _ := strconv.Atoi(os.Args[1])
	limit, _ := time.ParseDuration(os.Args[2])
	for _, file := range os.Args[3:] {
		model, events := read(file)
		best := time.Duration(1<<63 - 1)
		verdict := porcupine.CheckResult("")
		for run := 0; run < runs; run++ {
			start := time.Now()
			verdict = porcupine.CheckEventsTimeout(model, events, limit)
			if taken := time.Since(start); taken < best {
				best = taken
			}
			if best > time.Second {
				break
			}
		}
		fmt.Printf("%s\t%s\t%d\n", file, verdict, best.Nanoseconds())
	}
}
