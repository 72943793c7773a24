import { testScenarios } from './scenarios';

testScenarios(2, 4);
